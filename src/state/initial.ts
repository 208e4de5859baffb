import { parseLink } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import { initialLanguage, initialTheme } from './preferences';
import type { PageState } from './page-state';

/** The page before anything is known: the experiment of an empty link, nothing run. */
export function initialState(): PageState {
  const { link } = parseLink('', techniqueSpecs);
  return {
    link,
    past: [],
    future: [],
    held: null,
    status: 'idle',
    cursor: { step: 0, done: 0, total: 0 },
    reached: -1,
    liveLearningRate: null,
    liveDrag: false,
    history: [],
    variants: [],
    previews: {},
    stale: [],
    curves: {},
    look: null,
    chosen: null,
    details: null,
    disagreements: null,
    clock: 'idle',
    environment: null,
    timings: [],
    data: null,
    problems: [],
    savedRun: null,
    files: {},
    own: null,
    theme: initialTheme(),
    language: initialLanguage(undefined),
  };
}
