import type { Step } from './step';

/** A data set's id, optionally with its noise level: `mnist`, `spiral`, `spiral:0.2`. */
export type DatasetRef = string;

/** A reference network's id, or a layer string: `lenet-5`, `mlp:300-100`, `net:conv-6-k5,maxpool-2,dense-84`. */
export type ModelRef = string;

/** All that determines a result: the link spells it, the controls edit it, the worker runs it. */
export interface Experiment {
  readonly dataset: DatasetRef;
  readonly model: ModelRef;
  /** Unsigned 32-bit seed of the one generator that every random choice draws from. */
  readonly seed: number;
  readonly recipe: readonly Step[];
}

export const BACKENDS = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendId = (typeof BACKENDS)[number];
export type BackendChoice = 'auto' | BackendId;

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a link says beside the experiment: how to show it and where to run it. */
export interface LinkView {
  readonly backend: BackendChoice;
  readonly title?: string;
  /** Start on opening. */
  readonly run: boolean;
  /** Shown inside another page, without the page's own header. */
  readonly embed: boolean;
  readonly lang?: Language;
  readonly lesson?: string;
  /** The laboratory of descent is open, with these options (`lab/options`). */
  readonly lab?: string;
}

export interface Link {
  readonly experiment: Experiment;
  readonly view: LinkView;
}
