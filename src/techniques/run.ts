import type { Dataset } from '../data/dataset';
import type { Engine } from '../engine/trainer';
import type { Checkpoint, Parameter } from '../experiment/checkpoint';
import type { DatasetRef } from '../experiment/experiment';
import type { HistoryPoint } from '../experiment/report';
import type { TechniqueId, TechniqueOptions } from '../experiment/step';
import type { RandomState } from '../experiment/random';

/**
 * A point of the curve as a technique knows it; the session adds the step's index and the clock.
 * `epoch` is the one that the iteration belongs to, over the whole recipe; the first is 1.
 */
export type TrainingPoint = Omit<HistoryPoint, 'step' | 'elapsedMs'>;

/** Where a step stands in the middle: plain data, enough to go on bit for bit. */
export interface Resume {
  /** Iterations done within this step. */
  readonly done: number;
  /** Generator state before the current epoch's order was drawn. */
  readonly epochRandom: RandomState;
  /** Validation losses so far, an epoch each, for early stopping; empty without it. */
  readonly validationLosses: readonly number[];
  /** Parameters of the epoch with the lowest of them; null without early stopping. */
  readonly best: Readonly<Record<string, Parameter>> | null;
}

export interface StepProgress {
  /** Iterations done within this step, and expected in all. */
  readonly done: number;
  readonly total: number;
  /** One for each iteration since the last progress; of a training step at least one. */
  readonly points: readonly TrainingPoint[];
  /** The state right now, to keep or to look at. Valid until the generator is asked to go on. */
  readonly snapshot: () => Promise<{ checkpoint: Checkpoint; resume: Resume }>;
}

export interface RunContext<Options> {
  readonly engine: Engine;
  readonly dataset: Dataset;
  /** The options as they are now; training reads its learning-rate changes from here. */
  readonly current: () => Options;
  /**
   * Trains for so many iterations, each at its own rate in place of the step's, and measures nothing on the way:
   * how rates are tried. Absent in a run.
   */
  readonly rates?: readonly number[];
  /** Iterations that may be done before the next progress, at least one; one where absent. */
  readonly burst?: () => number;
  /**
   * The network as it was after so many iterations of the steps before, which are done again if need be.
   * Absent where nothing is trained.
   * @throws WhittleError `rewindBeyond` where the steps before have fewer.
   */
  readonly past?: (iteration: number) => Promise<Checkpoint>;
  /**
   * The network that an earlier step left, by its number from 1 on; 0: the last one before any compression.
   * Absent where nothing is trained.
   * @throws WhittleError `noSuchTeacher` where there is none.
   */
  readonly earlier?: (step: number) => Promise<Checkpoint>;
  /**
   * The network in a file of the user's, by its id. Absent where nothing keeps files.
   * @throws WhittleError `fileNotHere` where it is not in this browser.
   */
  readonly network?: (file: string) => Promise<LoadedNetwork>;
  /** Another data set, drawn and split by the experiment's seed. Absent where nothing is trained. */
  readonly open?: (dataset: DatasetRef) => Dataset;
  /** To be awaited between pieces of work that take no batch: others have their turn then. */
  readonly pace?: () => Promise<void>;
  /** Whether anybody still wants the result. */
  readonly signal?: AbortSignal;
  /** What the step began with, where it goes on from the middle. */
  readonly before?: Checkpoint;
  /** Goes on from the middle of the step; the checkpoint given is the snapshot's. */
  readonly resume?: Resume;
}

/** All of a network that a file can hold. */
export type LoadedNetwork = Pick<
  Checkpoint,
  'architecture' | 'parameters' | 'masks' | 'quantizers'
>;

/**
 * Runs a technique: yields after every burst of training iterations, returns the next checkpoint. The caller
 * pauses by not asking for more and cancels by `return()`. Depends on nothing but its arguments.
 */
export type RunTechnique<Id extends TechniqueId> = (
  checkpoint: Checkpoint,
  options: TechniqueOptions[Id],
  context: RunContext<TechniqueOptions[Id]>,
) => AsyncGenerator<StepProgress, Checkpoint, void>;
