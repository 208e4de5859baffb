import type { LoadProgress } from '../experiment/dataset';
import type { BackendChoice, Experiment, Language, Link, LinkView } from '../experiment/experiment';
import type { OwnAbout } from '../experiment/own-dataset';
import type { Pretrained } from '../experiment/pretrained';
import type { Problem } from '../experiment/problem';
import type { Environment, HistoryPoint, Variant } from '../experiment/report';
import type { Step } from '../experiment/step';
import type {
  BackendTiming,
  CurvePoint,
  Disagreement,
  Look,
  Preview,
  RunStatus,
  SavedRun,
} from '../worker/protocol';

export type Theme = 'system' | 'light' | 'dark';

/** What the page shows. The experiment is the only setting; all else is told by the worker or is about looking. */
export interface PageState {
  readonly link: Link;
  /** Experiments before and after the present one, for undo and redo. */
  readonly past: readonly Experiment[];
  readonly future: readonly Experiment[];
  /** The experiment before the drag in progress; null where none is. */
  readonly held: Experiment | null;

  readonly status: RunStatus;
  /** Step that runs or ran last, its iterations done and expected. */
  readonly cursor: { readonly step: number; readonly done: number; readonly total: number };
  /** Last step whose result is cached for the present experiment; −1 where none is. */
  readonly reached: number;
  /** Learning rate just set on the running step, until the worker has written it into the recipe. */
  readonly liveLearningRate: number | null;
  /** Whether that rate is being dragged: what the worker writes meanwhile is one entry of the past. */
  readonly liveDrag: boolean;
  readonly history: readonly HistoryPoint[];
  readonly variants: readonly Variant[];

  /** By step index: what the step would do to the cached checkpoint before it. */
  readonly previews: Readonly<Record<number, Preview>>;
  /** Steps whose preview is of a value just left; a new one is on its way. */
  readonly stale: readonly number[];
  /** By step index: score against the step's main option. */
  readonly curves: Readonly<Record<number, readonly CurvePoint[]>>;
  /** A look inside the current network, or the one of the selected variant. */
  readonly look: Look | null;
  /** The two variants shown in detail. */
  readonly chosen: readonly [string, string] | null;
  readonly details: readonly [VariantDetail, VariantDetail] | null;
  readonly disagreements: {
    readonly total: number;
    readonly examples: readonly Disagreement[];
  } | null;

  /** Whether the variants' files are being timed, or why they could not be. */
  readonly clock: 'idle' | 'timing' | Problem;
  readonly environment: Environment | null;
  readonly timings: readonly BackendTiming[];
  readonly data: LoadProgress | null;
  /** Newest last; shown until dismissed. Those with `at` are shown at their control as well. */
  readonly problems: readonly Problem[];
  readonly savedRun: SavedRun | null;
  /** What files are called, by their ids; null for one that is not in this browser. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Data of the user's own in this browser, the newest first; null until that is known. */
  readonly own: readonly OwnAbout[] | null;
  readonly theme: Theme;
  readonly language: Language;
}

export interface VariantDetail {
  readonly id: string;
  readonly look: Look;
}

export interface PageActions {
  play(): void;
  pause(): void;
  singleStep(): void;
  reset(): void;
  /** Times the files of the variants. */
  timeFiles(): void;
  resumeSaved(): void;
  discardSaved(): void;

  /** Between pictures and rows, many and few, network and length of training change with it. */
  setDataset(ref: string, transient?: boolean): void;
  setModel(ref: string): void;
  setSeed(seed: number): void;
  setBackend(backend: BackendChoice): void;
  /** Changes one option of one step. `transient`: part of a drag, merged into one undo entry until `commit`. */
  setOption(step: number, option: string, value: number | string, transient?: boolean): void;
  commit(): void;
  /** Writes down what the worker made of a running step (its learning-rate changes); nothing is run anew. */
  writeStep(step: number, as: Step, transient: boolean): void;
  addStep(technique: Step['technique'], at?: number): void;
  copyStep(step: number): void;
  /** Keeps a file, or one in several, and has the step load it. */
  loadFile(step: number, files: readonly File[]): void;
  /** Has the step load a network that comes with the page, on the data that it was trained on. */
  loadBundled(step: number, network: Pretrained): void;
  /** Looks up what a file is called. */
  findFile(id: string): void;
  /** Gives a step the learning rate that suits it. */
  takeRate(step: number, rate: number): void;
  removeStep(step: number): void;
  moveStep(from: number, to: number): void;
  undo(): void;
  redo(): void;
  /** Replaces the whole experiment (a preset, an opened link, `whittle.run`). */
  open(link: Link, problems?: readonly Problem[]): void;
  /** Changes what the link says beside the experiment (title, embed …), without an entry for undo. */
  setView(view: Partial<LinkView>): void;

  choose(a: string, b: string): void;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
  dismiss(problem: Problem): void;
  retryData(): void;
}

export type Page = PageState & PageActions;
