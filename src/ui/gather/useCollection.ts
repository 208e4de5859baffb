import { useEffect, useReducer, useState } from 'react';
import { useTranslation } from '../../i18n';
import type { Collection } from './collection';

interface State {
  readonly now: Collection;
  readonly past: readonly Collection[];
}

type Action =
  /** `merge`: belongs to the change before, as frames of one recording do. */
  { readonly to: (now: Collection) => Collection; readonly merge?: boolean } | 'undo';

const DEEPEST = 100;

function reduce({ now, past }: State, action: Action): State {
  if (action === 'undo') {
    const before = past.at(-1);
    return before === undefined ? { now, past } : { now: before, past: past.slice(0, -1) };
  }
  const next = action.to(now);
  if (next === now) return { now, past };
  return { now: next, past: action.merge === true ? past : [...past.slice(-DEEPEST + 1), now] };
}

/** What was gathered and not yet kept, so that a dialog that is closed by mistake loses nothing. */
const drafts = new Map<string, Collection>();

/** Examples of two classes to begin with, changed step by step, with a way back. `key` names the draft. */
export function useCollection(key: string, empty: Omit<Collection, 'classes'>) {
  const { t } = useTranslation();
  const [start] = useState<Collection>(() => ({
    ...empty,
    classes: [1, 2].map((number) => ({ name: t('gather.className', { number }), examples: [] })),
  }));
  const [{ now, past }, act] = useReducer(reduce, { now: drafts.get(key) ?? start, past: [] });
  useEffect(() => {
    drafts.set(key, now);
  }, [key, now]);
  return {
    /** Nothing is gathered yet. */
    start,
    collection: now,
    canUndo: past.length > 0,
    act,
    /** It is kept now: the next begins anew. */
    forget: () => drafts.delete(key),
  };
}

export type Gathering = ReturnType<typeof useCollection>;
export type Act = Gathering['act'];
