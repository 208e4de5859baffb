import { version } from '../../package.json';
import type { FileFacts } from '../deploy/file-facts';
import { predictions } from '../engine/metrics';
import type { Checkpoint } from '../experiment/checkpoint';
import { WhittleError } from '../experiment/problem';
import { printLink } from '../experiment/link';
import type { Metrics } from '../experiment/report';
import { variantId } from '../experiment/variant-id';
import { datasetAt } from '../techniques/dataset-at';
import { techniqueSpecs } from '../techniques/registry';
import { answersTo } from './answers';
import type { createDatasets } from './datasets';
import { timeFiles, type ClockPorts } from './clock/time-files';
import { disagreementsOf } from './disagreements';
import { exportCheckpoint } from './export-file';
import type { Files } from './files';
import { findRate } from './find-rate';
import { drawLandscape } from './landscape/landscape';
import { pathOf } from './landscape/path';
import { lookInside } from './look';
import type { OpeningWork, Work } from './measure';
import { abortable } from './pace';
import { indicesFrom, predictSplit } from './predict';
import { stepError } from './check';
import { drawCurve, previewStep } from './preview';
import { NOT_TRAINED } from './problems';
import type { At, WorkerEvent } from './protocol';
import { beforeOf, checkpointAt, entryAt } from './resolve';
import { variantOf, type Results } from './results';
import { partsOf, roleAt } from './roles';
import { measureLayers } from './sensitivity';
import type { Handlers } from './serve';
import { studyTransfer } from './study-transfer';
import type { Trails } from './trails';

export interface QuestionPorts {
  readonly results: Results;
  readonly trails: Trails;
  readonly datasets: ReturnType<typeof createDatasets>;
  readonly files: Files;
  readonly workOn: (at: Pick<At, 'experiment' | 'step'>, signal: AbortSignal) => Promise<Work>;
  readonly emit: (event: WorkerEvent) => void;
  readonly clock: ClockPorts;
}

type Question =
  | 'preview'
  | 'curve'
  | 'sensitivity'
  | 'transferStudy'
  | 'findRate'
  | 'landscape'
  | 'look'
  | 'disagreements'
  | 'answers'
  | 'examples'
  | 'importFile'
  | 'fileName'
  | 'timeFiles'
  | 'exportFile'
  | 'recipeCode';

/** What the page asks about networks that are there already; training goes on meanwhile. */
export function createQuestions({
  results,
  trails,
  datasets,
  files,
  workOn,
  emit,
  clock,
}: QuestionPorts): Pick<Handlers, Question> {
  const previewing = new Map<number, AbortController>();
  const networkAt = (at: At, work: Work) => checkpointAt(at, { ...work, results });

  const opening = (work: Work, { experiment: { seed } }: At): OpeningWork => ({
    ...work,
    open: (dataset) => datasets.open({ dataset, seed }),
  });

  /** Predicted classes of the whole test set; empty where there are none. */
  async function classesAt(at: At, work: Work): Promise<Int32Array> {
    const cached = entryAt(at, { ...work, results });
    if (cached !== undefined) return cached.measured.predictions;
    const checkpoint = await networkAt(at, work);
    if (checkpoint?.architecture.task !== 'classification') return new Int32Array(0);
    const { test } = work.dataset;
    const { outputs } = await predictSplit(work, checkpoint, test, test.count);
    return predictions(outputs, checkpoint.architecture.outputs);
  }

  /** The initial network and one behind each step before; null where one would have to be trained. */
  async function statesBefore(
    { experiment, step }: At,
    signal: AbortSignal,
  ): Promise<Checkpoint[] | null> {
    const states: Checkpoint[] = [];
    for (let before = -1; before < step; before++) {
      const at = { experiment, step: before };
      const state = await networkAt(at, await workOn(at, signal));
      if (state === null) return null;
      states.push(state);
    }
    return states;
  }

  return {
    preview: async ({ whole, ...at }, { signal }) => {
      const { experiment, step } = at;
      // A newer value of the same slider: nobody waits for the older one.
      previewing.get(step)?.abort();
      const newest = new AbortController();
      previewing.set(step, newest);
      const work = await workOn(at, AbortSignal.any([signal, newest.signal]));
      const applied = experiment.recipe[step];
      const before = await networkAt(beforeOf(at), work);
      if (applied === undefined || before === null) return null;
      return previewStep(applied, before, work, whole).catch((error: unknown) => {
        throw stepError(error, step, applied.technique);
      });
    },
    curve: async ({ option, values, ...at }, { id, signal }) => {
      const work = await workOn(at, signal);
      const step = at.experiment.recipe[at.step];
      const before = await networkAt(beforeOf(at), work);
      if (step === undefined || before === null) return null;
      return drawCurve(step, { option, values }, before, work, (point) => {
        emit({ event: 'curve', request: id, point });
      });
    },
    sensitivity: async ({ question, settings, ...at }, { signal }) => {
      const work = await workOn(at, signal);
      const step = at.experiment.recipe[at.step];
      const before = await networkAt(beforeOf(at), work);
      if (step === undefined || before === null) return null;
      return measureLayers(step, settings, before, work, (point) => {
        emit({ event: 'sensitivity', question, ...point });
      });
    },
    transferStudy: async ({ question, settings, ...at }, { signal }) => {
      const work = await workOn({ experiment: at.experiment, step: at.step - 1 }, signal);
      const step = at.experiment.recipe[at.step];
      const before = await networkAt(beforeOf(at), work);
      if (step?.technique !== 'transfer' || before === null) return null;
      return studyTransfer(step, settings, before, opening(work, at), (point) => {
        emit({ event: 'transfer', question, point });
      });
    },
    findRate: async ({ question, ...at }, { signal }) => {
      const { experiment, step: index } = at;
      const work = await workOn(at, signal);
      const step = experiment.recipe[index];
      const states = await statesBefore(at, signal);
      if (step === undefined || states === null) return null;
      const before = { states, recipe: experiment.recipe };
      return findRate(step, before, opening(work, at), (points) => {
        emit({ event: 'rates', question, points });
      }).catch((error: unknown) => {
        throw stepError(error, index, step.technique);
      });
    },
    landscape: async ({ question, cells, plane, draw, radius, split, ...at }, { signal }) => {
      const work = await workOn(at, signal);
      const [chosen, initial] = [
        await networkAt(at, work),
        await networkAt({ ...at, alone: false, step: -1 }, work),
      ];
      if (chosen === null || initial === null) return false;
      const path = pathOf(at.experiment, initial, work.engine.backend, { results, trails });
      const choice = { plane, draw, radius, split, cells };
      await drawLandscape(at.experiment, { chosen, path }, choice, work, (frame, values) => {
        emit({ event: 'landscape', question, frame, values });
      });
      return true;
    },
    look: async (at, { signal }) => {
      const work = await workOn(at, signal);
      const checkpoint = await networkAt(at, work);
      const role = roleAt(at.experiment.recipe, at.step, at.alone);
      return checkpoint && lookInside(work.engine, checkpoint, work.dataset.info, role);
    },
    disagreements: async ({ a, b, limit }, { signal }) => {
      const ofA = datasetAt(a.experiment, a.step);
      // Answers on different examples cannot be told apart.
      if (ofA !== datasetAt(b.experiment, b.step)) return { total: 0, examples: [] };
      const work = await workOn(a, signal);
      const { test, info } = work.dataset;
      const classesA = await classesAt(a, work);
      const classesB = await classesAt(b, work);
      return disagreementsOf(classesA, classesB, { split: test, shape: info.shape }, limit);
    },
    answers: async ({ at, inputs }, { signal }) => {
      const [first] = at;
      if (first === undefined) return [];
      const work = await workOn(first, signal);
      const networks: (Checkpoint | null)[] = [];
      for (const one of at) networks.push(await networkAt(one, work));
      return answersTo(inputs, networks, work);
    },
    examples: async ({ dataset, seed, split, limit, among }, { signal }) => {
      const from = datasets.open({ dataset, seed })[split];
      const indices = among?.subarray(0, limit) ?? indicesFrom(0, Math.min(limit, from.count));
      // Not where they come from: to send that would copy the whole set.
      const { count, inputs, labels, targets } = await abortable(from.gather(indices), signal);
      return { count, inputs, labels, targets };
    },
    importFile: ({ files: given }) => files.import(given),
    fileName: ({ id }) => files.nameOf(id),
    timeFiles: async ({ experiment }, { signal }) => {
      const work = await workOn({ experiment, step: experiment.recipe.length - 1 }, signal);
      const { backend } = work.engine;
      const parts = partsOf(experiment.recipe).flatMap((part) => {
        const entry = results.entry(results.keyOfPart(experiment, backend, part));
        return entry === undefined || part.role === 'other' ? [] : [{ part, entry }];
      });
      if (parts.length === 0) return null;
      // The baseline comes first in a recipe.
      const networks = parts.map(({ entry }) => entry.checkpoint);
      const timed = await timeFiles(networks, work, clock);
      parts.forEach(({ part, entry }, i) => {
        const times = timed[i];
        if (times === undefined) return;
        results.putTimes(experiment, backend, part, times);
        const all = results.times(experiment, backend, part);
        emit({ event: 'variant', variant: variantOf(part, entry, all) });
      });
      return null;
    },
    exportFile: async ({ format, address, language = 'en', ...at }, { signal }) => {
      const work = await workOn(at, signal);
      const checkpoint = await networkAt(at, work);
      if (checkpoint === null) throw new WhittleError(NOT_TRAINED);
      const measured = entryAt(at, { ...work, results })?.measured;
      const facts = { ...factsOf(at, address, measured?.metrics), language };
      return exportCheckpoint(checkpoint, format, facts, work);
    },
    recipeCode: async ({ experiment, language, ...about }) => {
      const { recipeCode } = await import('../deploy/code');
      return recipeCode(experiment, language, about);
    },
  };
}

/** What a file says of its network. The link is that of the whole recipe: the variant says how far it went. */
function factsOf(
  { experiment, step, alone }: At,
  address: string | undefined,
  metrics: Metrics | undefined,
): Omit<FileFacts, 'language'> {
  const view = { backend: 'auto', run: false, embed: false } as const;
  const link = printLink({ experiment, view }, techniqueSpecs);
  return {
    link: address === undefined ? link : `${address}#${link}`,
    variant: variantId(step, alone),
    version,
    ...(metrics && { metrics }),
  };
}
