import type { Architecture } from '../experiment/architecture';
import { resolveDataset } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import type { LayerSetting } from '../experiment/layer-settings';
import { resolveModel } from '../experiment/model';
import type { NumberMeta } from '../experiment/options';
import type { CurvePoint } from '../worker/protocol';
import { createAnswers } from './answers';
import { inBackground, newsOf } from './background';
import { curveValues, previewKey, withPoint } from './curves';
import type { PageState } from './page-state';
import { defaultStep, viewStep, withOption } from './recipe';
import type { Client, PageStore } from './session';

/** The score with one layer alone compressed, by layer. */
export type Sensitivity = Readonly<Record<string, readonly CurvePoint[]>>;

/** What each layer alone costs, at each value that it can be set to. */
export interface Question {
  /** Equal keys, equal answers. */
  readonly key: string;
  /** The recipe up to the step, which is left with nothing but what counts here. */
  readonly experiment: Experiment;
  readonly layers: readonly string[];
  /** Of the values of a layer. */
  readonly meta: NumberMeta;
  /** Coarse values of every layer first. */
  readonly settings: readonly LayerSetting[];
}

/** What there is to ask about a step; null where it sets no layers apart. */
export function questionAbout(experiment: Experiment, index: number): Question | null {
  const step = experiment.recipe[index];
  const architecture = architectureOf(experiment);
  if (step === undefined || architecture === null) return null;
  const { byLayer, options } = viewStep(step);
  const common = options[byLayer?.option ?? '']?.meta;
  if (byLayer === null || common?.kind !== 'number') return null;
  const bare = byLayer.counts.reduce((now, name) => {
    const value = options[name]?.value;
    return value === undefined ? now : (withOption(now, name, value) ?? now);
  }, defaultStep(step.technique));
  const asked = { ...experiment, recipe: [...experiment.recipe.slice(0, index), bare] };
  const meta = { ...common, max: byLayer.max };
  const layers = byLayer.layers(architecture);
  return {
    key: previewKey(asked, index),
    experiment: asked,
    layers,
    meta,
    settings: curveValues(meta).flatMap((value) => layers.map((layer) => ({ layer, value }))),
  };
}

function architectureOf({ dataset, model }: Experiment): Architecture | null {
  const info = resolveDataset(dataset)?.info;
  try {
    return info === undefined ? null : resolveModel(model, info);
  } catch {
    // The network's own card says what is wrong with it.
    return null;
  }
}

/** Whether the network before the step is trained; a network in the middle of training is not asked about. */
export function isThere({ link, reached }: PageState, index: number): boolean {
  const before = link.experiment.recipe.slice(0, index);
  return reached >= before.findLastIndex((step) => !viewStep(step).instant);
}

/** Answers that are kept, so that going back shows them at once. */
const KEPT = 24;

/** Measures how sensitive layers are while somebody looks on; what an edit leaves true is kept. */
export function createSensitivities(page: PageStore, client: Client) {
  const answers = createAnswers<Sensitivity>(KEPT);

  client.on((event) => {
    if (event.event !== 'sensitivity') return;
    // A point is true of its question whenever it comes, so questions go by their keys.
    const { question, layer, point } = event;
    const answer = answers.of(question) ?? {};
    answers.keep(question, { ...answer, [layer]: withPoint(answer[layer] ?? [], point) });
  });

  async function ask(index: number, signal: AbortSignal): Promise<void> {
    const now = page.getState();
    const question = questionAbout(now.link.experiment, index);
    if (question === null || !isThere(now, index)) return;
    const { key, experiment } = question;
    const answer = answers.of(key) ?? {};
    const settings = question.settings.filter(
      ({ layer, value }) => !answer[layer]?.some((point) => point.value === value),
    );
    if (settings.length === 0) return;
    const args = { experiment, step: index, question: key, settings };
    await answers.asking(key, signal, () => client.request('sensitivity', args, { signal }));
  }

  /** Asks about the step now and whenever the answer may have changed, until the function returned is called. */
  const watch = (index: number) => inBackground(page, (signal) => ask(index, signal), newsOf);

  return { ...answers, watch };
}
