import type { Batch, LoadProgress } from '../experiment/dataset';
import type { BackendChoice, BackendId, Experiment, Language } from '../experiment/experiment';
import type {
  LandscapeFrame,
  LandscapeSplit,
  LandscapeValue,
  PlaneKind,
} from '../experiment/landscape';
import type { GivenAs, OwnAbout } from '../experiment/own-dataset';
import type { ReadOptions, TableChoice, TableSummary } from '../experiment/own-table';
import type { LayerSetting } from '../experiment/layer-settings';
import type { Problem } from '../experiment/problem';
import type { RatePoint, RateSuggestion } from '../experiment/rate-range';
import type {
  Environment,
  HistoryPoint,
  Metrics,
  Size,
  Variant,
  VariantRole,
} from '../experiment/report';
import type { Step } from '../experiment/step';
import type { LabOptions } from '../lab/options';
import type { Race, Relief } from '../lab/results';
import type { CodeLanguage, ExportFormat } from './export-formats';

/** A checkpoint by content: the experiment up to and including a step (−1: the initial network). */
export interface At {
  readonly experiment: Experiment;
  /** Index of the last step that is applied; −1 is the initialized network. */
  readonly step: number;
  /** Applies that step alone to the baseline, leaving out the compression steps between. */
  readonly alone?: boolean;
}

export type RunStatus = 'idle' | 'running' | 'paused' | 'measuring' | 'done' | 'failed';

/** The result of an instant step, before anything is retrained. */
export interface Preview {
  readonly metrics: Metrics;
  readonly size: Size;
  /** What it made of each layer with weights, in their order. */
  readonly layers: readonly LayerState[];
}

export interface LayerState {
  readonly layer: string;
  /** How many it has, pruned ones too. */
  readonly weights: number;
  /** Share of its weights that are pruned. */
  readonly pruned: number;
  /** Share of its units that the step has removed. */
  readonly removed: number;
  /** Of each weight; null where it is not quantized. */
  readonly bits: number | null;
}

export interface CurvePoint {
  readonly value: number;
  /** Accuracy, or R² for regression. */
  readonly score: number;
  /** Test examples it was measured on. */
  readonly examples: number;
}

/** A point of one layer's curve. */
export interface LayerPoint {
  readonly layer: string;
  readonly point: CurvePoint;
}

/** How a network comes to a task: by its layers, tuned or as they are, or with nothing learned before. */
export type TransferWay = 'tuned' | 'frozen' | 'scratch';

export interface TransferSetting {
  readonly way: TransferWay;
  /** Of each class, or in all where the targets are numbers. */
  readonly examples: number;
  /** Which draw of the examples and of new weights, from 0 on. */
  readonly draw: number;
}

export interface TransferPoint extends TransferSetting {
  /** Accuracy on the whole test set, or the mean squared error where the targets are numbers. */
  readonly score: number;
}

export interface Histogram {
  readonly parameter: string;
  /** `bins + 1` edges, ascending. */
  readonly edges: readonly number[];
  /** Weights that count, by bin; pruned zeros apart. */
  readonly counts: readonly number[];
  readonly pruned: number;
  /** Quantization levels in use, ascending; empty when not quantized. Of one unit where `levelsOf` says so. */
  readonly levels: readonly number[];
  /** The unit with the widest range, where each has levels of its own and all together are too many to draw. */
  readonly levelsOf: number | null;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** One, or three: red, green and blue. */
  readonly channels: number;
  /** `[height, width, channels]`, in [0, 1]; for weights in units of the largest |w| of the layer, so in [−1, 1]. */
  readonly values: Float32Array;
}

/** A look inside a network. */
export interface Look {
  /** The part that the network plays, whatever comes behind it in the recipe. */
  readonly role: VariantRole;
  readonly histograms: readonly Histogram[];
  /** First layer's weights as pictures (image data only), one a unit, at most 64, with the number of units. */
  readonly filters: readonly Picture[];
  readonly filterCount: number;
  /** Small dense networks alone (planar data): kernels to draw edges from, with masks. */
  readonly diagram: readonly {
    readonly layer: string;
    readonly shape: readonly [number, number];
    readonly values: Float32Array;
    readonly mask: Uint8Array | null;
  }[];
  /** Planar data: the network's output on a grid over [−extent, extent]², `[side, side, outputs]`, as probabilities for classes. */
  readonly surface: {
    readonly side: number;
    readonly extent: number;
    readonly outputs: number;
    readonly values: Float32Array;
    /** Training examples that it learns from, where they are not all. */
    readonly learned?: Uint32Array;
  } | null;
}

export interface Disagreement {
  /** Index in the test set. */
  readonly index: number;
  readonly label: number;
  readonly a: number;
  readonly b: number;
  /** The example: an image, or null where the data is no picture. */
  readonly picture: Picture | null;
  readonly inputs: Float32Array;
}

export interface BackendTiming {
  readonly backend: BackendId;
  /** Median milliseconds of a training step, or why it could not be measured. */
  readonly stepMs: number | null;
  readonly problem?: Problem;
}

/** A run that was interrupted and can go on. */
export interface SavedRun {
  readonly link: string;
  readonly savedAt: number;
  readonly step: number;
  /** Iterations done in that step. */
  readonly done: number;
  readonly backend: BackendId;
}

/** A file of the user's. */
export interface UserFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that is kept, as a step names it. */
export interface ImportedFile {
  readonly id: string;
  /** The network in it, as an option spells it. */
  readonly network: string;
}

/** Which square of which plane the loss is measured on. */
export interface LandscapeChoice {
  readonly plane: PlaneKind;
  /** Of random directions: which ones. */
  readonly draw: number;
  /** Along random directions the part of each output's length; else how much wider than what is on the plane. */
  readonly radius: number;
  readonly split: LandscapeSplit;
}

/** What the page calls a table, or pictures, that it has read: a number of its own. */
export type DraftId = number;

/** Pictures of the user's own, to be kept. */
export interface PictureSet {
  readonly name: string;
  /** `[height, width, channels]`; one channel, or three. */
  readonly shape: readonly [number, number, number];
  /** Names, by label. */
  readonly classes: readonly string[];
  /** `[count, height, width, channels]` */
  readonly pixels: Uint8Array;
  /** `[count]` */
  readonly labels: Uint8Array;
  /** How they were made, unless they were drawn. */
  readonly given?: Omit<GivenAs, 'ground'>;
}

/** A file that was chosen, by its path in the folder that was, or its name. */
export interface ChosenFile {
  readonly path: string;
  readonly file: Blob;
}

/** What pictures are to become: 28 × 28 grey or 32 × 32 in colour, cut to their middle square or whole. */
export interface PictureOptions {
  readonly colour: boolean;
  readonly keep: 'middle' | 'whole';
}

/** A picture's file that was left out, and why. */
export interface BrokenFile {
  readonly path: string;
  readonly reason: 'unpacking' | 'type' | 'damaged' | 'bytes' | 'pixels';
}

/** What reading pictures has left out, and put together. */
export interface PictureNotes {
  /** Whether they have the size that they came in, whatever was wanted. */
  readonly asTheyAre: boolean;
  /** Files left out by their names: those of systems, those of other kinds, those in no folder. */
  readonly ignored: {
    readonly hidden: number;
    readonly others: number;
    readonly loose: number;
  };
  /** Whether parts for training and testing were put together. */
  readonly merged: boolean;
  /** The first of the files that could not be read, and how many there are. */
  readonly broken: readonly BrokenFile[];
  readonly brokenCount: number;
}

/** Pictures that were read and not yet kept. */
export interface ReadPictures extends PictureSet, PictureNotes {}

/** What is to be seen of them before they are kept. */
export interface PictureSummary extends PictureNotes, Pick<PictureSet, 'name' | 'shape'> {
  readonly classes: readonly {
    readonly name: string;
    readonly count: number;
    /** The first of them. */
    readonly examples: readonly Uint8Array[];
  }[];
  /** Whether they are grey, and their ink is darker than what it is on. */
  readonly darkInk: boolean;
}

/** Each request of the page: its arguments and its answer. */
export interface Requests {
  /** Opens data and engine ahead of Play, and times the backends for `auto`. */
  prepare: { args: { experiment: Experiment; backend: BackendChoice }; result: Environment };
  /** Runs the recipe from the first step without a cached result. Resolves when done, paused runs included. */
  run: {
    args: {
      experiment: Experiment;
      backend: BackendChoice;
      link: string;
      /** Go on from the saved run of the same link. */
      resume: boolean;
      /** Pause after one iteration. */
      single: boolean;
    };
    result: {
      variants: readonly Variant[];
      history: readonly HistoryPoint[];
      environment: Environment;
    };
  };
  pause: { args: object; result: null };
  /** Goes on; `single`: for one iteration. */
  resume: { args: { single: boolean }; result: null };
  /** Stops the run; finished steps stay cached. */
  stop: { args: object; result: null };
  /** Forgets cached results of this experiment, so that Play starts from the beginning. */
  reset: { args: { experiment: Experiment }; result: null };
  /** From the next iteration of the running training step. Answers with the step as it is now, to be written into the recipe. */
  setLearningRate: { args: { learningRate: number }; result: { index: number; step: Step } };
  /** Replaces steps after the running one. */
  setRecipe: { args: { recipe: readonly Step[]; link: string }; result: null };
  /** Variants and history that are cached for this experiment, so that an edit shows at once what still holds. */
  recall: {
    args: { experiment: Experiment };
    result: { variants: readonly Variant[]; history: readonly HistoryPoint[]; reached: number };
  };
  /**
   * Applies an instant step to the cached checkpoint before it. Null where that is not cached. `whole`:
   * measured on the whole test set however long that takes; else on a part where it would not be quick.
   */
  preview: { args: At & { whole: boolean }; result: Preview | null };
  /** The score against values of one option of the step, the rest as it is; streams `curve` events. */
  curve: {
    args: At & { option: string; values: readonly number[] };
    result: readonly CurvePoint[] | null;
  };
  /**
   * The score with one layer alone compressed by the step, at each setting in turn; streams `sensitivity`
   * events, which name the question as the page does.
   */
  sensitivity: {
    args: At & { question: string; settings: readonly LayerSetting[] };
    result: readonly LayerPoint[] | null;
  };
  /**
   * How the network before a transfer comes to the new task, by each way and with each number of examples in turn;
   * streams `transfer` events. Null where it is not cached.
   */
  transferStudy: {
    args: At & { question: string; settings: readonly TransferSetting[] };
    result: readonly TransferPoint[] | null;
  };
  /**
   * The loss of the step's first iterations while the learning rate grows, and what that suggests; streams
   * `rates` events, which name the question as the page does. Null where the network before is not cached.
   */
  findRate: {
    args: At & { question: string };
    result: {
      readonly points: readonly RatePoint[];
      readonly suggestion: RateSuggestion | null;
    } | null;
  };
  /**
   * The loss of networks on a plane through a network, at these cells of a grid in turn; streams `landscape`
   * events, the first of which says where the plane lies. False where the network is not cached.
   * @throws WhittleError `planeNeedsThree` where there are no three networks that span one
   */
  landscape: {
    args: At & LandscapeChoice & { question: string; cells: readonly number[] };
    result: boolean;
  };
  look: { args: At; result: Look | null };
  disagreements: {
    args: { a: At; b: At; limit: number };
    result: { total: number; examples: readonly Disagreement[] };
  };
  /**
   * What networks say of one example, as a network sees it: probabilities of classes, or values. Null for
   * one that is not cached.
   */
  answers: {
    args: { at: readonly At[]; inputs: Float32Array };
    result: readonly (Float32Array | null)[];
  };
  /** Test (or training) examples to draw: planar points, or sample pictures. */
  examples: {
    /** The first ones, or of these. */
    args: {
      dataset: string;
      seed: number;
      split: 'train' | 'test';
      limit: number;
      among?: Uint32Array;
    };
    result: Batch;
  };
  /** Keeps a network from a file of the user's, for a step that loads it. */
  importFile: { args: { files: readonly UserFile[] }; result: ImportedFile };
  /** What a file was called; null where it is not in this browser. */
  fileName: { args: { id: string }; result: string | null };
  /** Data of the user's own, the newest first. */
  ownSets: { args: object; result: readonly OwnAbout[] };
  /** What is known of one; null where it is not in this browser. */
  ownSet: { args: { ref: string }; result: OwnAbout | null };
  /** Reads a zip file, a folder's files or pairs of IDX files; streams `pictures` events. */
  readPictures: {
    args: { files: readonly ChosenFile[]; options: PictureOptions; draft: DraftId };
    result: PictureSummary;
  };
  /** Keeps pictures that were read. */
  keepRead: { args: { draft: DraftId; name: string; inverts: boolean }; result: OwnAbout };
  /** The pictures of a set that is kept, to add to; null where it is not here, or is a table. */
  ownPictures: { args: { ref: string }; result: PictureSet | null };
  /** Reads a file of the user's as a table, to choose what is to be learned from it; streams `intake` events. */
  readTable: {
    args: { file: Blob; name: string; options: ReadOptions; draft: DraftId };
    result: TableSummary;
  };
  /** The same of a table that is kept; null where it is none. */
  editTable: { args: { ref: string; draft: DraftId }; result: TableSummary | null };
  /** Keeps a table that was read. */
  keepTable: { args: { draft: DraftId; name: string; choice: TableChoice }; result: OwnAbout };
  /** Forgets what was read and is not to be kept. */
  dropDraft: { args: { draft: DraftId }; result: null };
  keepPictures: { args: PictureSet; result: OwnAbout };
  renameOwn: { args: { ref: string; name: string }; result: OwnAbout | null };
  removeOwn: { args: { ref: string }; result: null };
  /** A set as a file; null where it is not in this browser. */
  saveOwn: {
    args: { ref: string };
    result: { readonly extension: string; readonly content: Blob } | null;
  };
  /** Keeps a set from a file that `saveOwn` made of pictures. */
  addOwn: { args: { file: Blob; name: string }; result: OwnAbout };
  /** `address`: of the page, before a link in the file; `language`: of what the file says. */
  exportFile: {
    args: At & { format: ExportFormat; address?: string; language?: Language };
    result: Uint8Array;
  };
  /** Times the files of the variants that are compared; they come again as `variant` events. */
  timeFiles: { args: { experiment: Experiment }; result: null };
  /** The recipe as a script; `link` and `title` are for its first lines. */
  recipeCode: {
    args: { experiment: Experiment; language: CodeLanguage; link: string; title: string };
    result: string;
  };
  retryData: { args: object; result: null };
  savedRun: { args: object; result: SavedRun | null };
  discardSavedRun: { args: object; result: null };
  /** The laboratory's function as a picture. */
  relief: { args: { options: LabOptions }; result: Relief };
  /** The ways of the laboratory's optimizers down it. */
  descend: { args: { options: LabOptions }; result: Race };
  /** For tests: tensors alive. */
  tensorCount: { args: object; result: number };
}

export type RequestName = keyof Requests;

/** What the worker tells without being asked. */
export type WorkerEvent =
  | {
      readonly event: 'status';
      readonly status: RunStatus;
      readonly step: number;
      readonly done: number;
      readonly total: number;
    }
  | { readonly event: 'history'; readonly points: readonly HistoryPoint[] }
  | { readonly event: 'variant'; readonly variant: Variant }
  | { readonly event: 'look'; readonly look: Look }
  | { readonly event: 'curve'; readonly request: number; readonly point: CurvePoint }
  | ({ readonly event: 'sensitivity'; readonly question: string } & LayerPoint)
  | { readonly event: 'transfer'; readonly question: string; readonly point: TransferPoint }
  | { readonly event: 'rates'; readonly question: string; readonly points: readonly RatePoint[] }
  | {
      readonly event: 'landscape';
      readonly question: string;
      readonly frame: LandscapeFrame;
      readonly values: readonly LandscapeValue[];
    }
  /** How many of a user's pictures have been read. */
  | { readonly event: 'pictures'; readonly done: number; readonly total: number }
  | { readonly event: 'data'; readonly dataset: string; readonly progress: LoadProgress }
  /** How much of a user's file has been read. */
  | {
      readonly event: 'intake';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly rows: number;
    }
  | {
      readonly event: 'environment';
      readonly environment: Environment;
      readonly timings: readonly BackendTiming[];
    }
  /** A backend was lost or is missing and another took over, an option had no effect …: to be shown, not an error. */
  | { readonly event: 'notice'; readonly problem: Problem };

export type ToWorker =
  /** The first message: the absolute address of the page's folder, which holds the data and the WASM files. */
  | { readonly id: number; readonly name: 'start'; readonly baseUrl: string }
  | {
      [Name in RequestName]: {
        readonly id: number;
        readonly name: Name;
        readonly args: Requests[Name]['args'];
      };
    }[RequestName]
  | { readonly id: number; readonly name: 'abort' };

export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly problem: Problem }
  | { readonly id: number; readonly aborted: true }
  | WorkerEvent;
