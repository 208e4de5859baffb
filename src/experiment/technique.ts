import type * as z from 'zod/mini';
import type { Architecture } from './architecture';
import type { Problem } from './problem';
import type { Compression } from './report';
import type { TechniqueId, TechniqueOptions } from './step';

/** Where a step stands in its recipe. */
export interface Place {
  /** Steps before it. */
  readonly before: number;
  /** Of them, the index of the last one before any compression; −1 where there is none. */
  readonly baseline: number;
}

/** What a technique is, apart from how it runs: pure, for the page, the link, the docs and the worker. */
export interface TechniqueSpec<Id extends TechniqueId = TechniqueId> {
  readonly id: Id;
  /** Every option has a default and metadata (`optionMeta`); the order is the order in the link. */
  readonly options: z.ZodMiniType<TechniqueOptions[Id]> & {
    readonly shape: Readonly<Record<string, z.ZodMiniType>>;
  };
  /** The option that the card shows as its one main slider; it may depend on the others. Null: there is none. */
  readonly mainOption: (options: TechniqueOptions[Id]) => string | null;
  /** The options that have an effect, given the others; the rest is hidden. */
  readonly activeOptions: (options: TechniqueOptions[Id]) => readonly string[];
  /** Whether the result can be had, and previewed, at once: no training inside. */
  readonly instant: (options: TechniqueOptions[Id]) => boolean;
  /** How single layers are set apart by the option `layers`; null where they cannot be. Absent: never. */
  readonly byLayer?: (options: TechniqueOptions[Id]) => LayerOption | null;
  /** How it compresses a network; null where it does not. */
  readonly compression: (options: TechniqueOptions[Id]) => Compression | null;
  /** A combination that makes no sense on this network; null where it does. */
  readonly check: (options: TechniqueOptions[Id], architecture: Architecture) => Problem | null;
  /** One that makes no sense in this place of a recipe; absent: all do everywhere. */
  readonly checkPlace?: (options: TechniqueOptions[Id], place: Place) => Problem | null;
  /** The network that it makes of one, as far as that can be known beforehand; absent: the same. */
  readonly reshape?: (options: TechniqueOptions[Id], architecture: Architecture) => Architecture;
}

/** What `layers` gives to one layer. */
export interface LayerOption {
  /** The option that the others have in common. */
  readonly option: string;
  /** The largest value that a layer can have. */
  readonly max: number;
  /** What else counts where one layer is compressed alone. */
  readonly counts: readonly string[];
  /** The layers that can be set apart, in their order. */
  readonly layers: (architecture: Architecture) => readonly string[];
}

export type TechniqueSpecs = { readonly [Id in TechniqueId]: TechniqueSpec<Id> };
