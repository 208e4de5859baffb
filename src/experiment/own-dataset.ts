import type { Shape, Task } from './architecture';
import type { DatasetInfo } from './dataset';
import type { DatasetRef } from './experiment';

/**
 * Data of the user's own, which stays in this browser. The reference spells all that a recipe is checked
 * against, so that a link can be read where the data is not: `own:<id>:<shape>:<task and outputs>`, as
 * in `own:9f3a2b1c-8k:28x28x1:c5` (classes) and `own:9f3a2b1c-u0:12:n1` (a number). The id is a checksum of
 * the contents and, in base 36, the number of examples.
 */
const REFERENCE = /^own:([0-9a-f]{8}-([1-9a-z][0-9a-z]{0,5})):([0-9x]{1,12}):([cn])([1-9]\d{0,2})$/;

/** Fewer cannot be split into three parts that mean anything. */
export const MIN_OWN_EXAMPLES = 10;
export const MAX_OWN_EXAMPLES = 2_000_000;
export const MAX_OWN_CLASSES = 100;
/** Inputs of a table's row, its categories as one each. */
export const MAX_OWN_INPUTS = 1_000;
/** Height and width of a picture. */
export const MAX_OWN_SIDE = 128;

/** How pictures from files or a camera became examples, so that another becomes one in the same way. */
export interface GivenAs {
  /** Whether the middle is cut out, or the whole is kept. */
  readonly keep: 'middle' | 'whole';
  readonly inverts: boolean;
  /** Whether the examples' edges are dark. */
  readonly ground: 'dark' | 'bright';
}

/** What is known of a user's set where it is kept. */
export interface OwnAbout {
  readonly ref: DatasetRef;
  /** As the user calls it: text, never markup. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly bytes: number;
  /** Names of the classes, or of the number that is foretold. */
  readonly classes: readonly string[];
  /** Of a table: names of the columns that a network sees. */
  readonly features: readonly string[];
  /** Of a table: rows left out since they have no target, and cells filled since they are empty. */
  readonly withoutTarget: number;
  readonly filled: number;
  /** Of pictures, unless they were drawn. */
  readonly given?: GivenAs;
  /** Of a set that is listed: whether another one shares its cells, so that to delete it frees no room. */
  readonly shares?: boolean;
}

/** What is known of a set of the user's; undefined where it is none, or not in this browser. */
export function ownNamed(own: readonly OwnAbout[] | null, ref: DatasetRef): OwnAbout | undefined {
  return own?.find((about) => about.ref === ref);
}

/** How many examples each part gets: a fifth for testing, a tenth for validation, the rest for training. */
export function splitCounts(count: number): Pick<DatasetInfo, 'train' | 'validation' | 'test'> {
  const test = Math.round(count / 5);
  const validation = Math.round(count / 10);
  return { train: count - test - validation, validation, test };
}

export function isOwn(ref: DatasetRef): boolean {
  return ref.startsWith('own:');
}

/** The id in a reference to a user's set; null where it is none. */
export function ownId(ref: DatasetRef): string | null {
  return REFERENCE.exec(ref)?.[1] ?? null;
}

export function ownRef(
  checksum: number,
  count: number,
  { shape, task, outputs }: { shape: Shape; task: Task; outputs: number },
): DatasetRef {
  const id = `${checksum.toString(16).padStart(8, '0')}-${count.toString(36)}`;
  return `own:${id}:${shape.join('x')}:${task === 'classification' ? 'c' : 'n'}${String(outputs)}`;
}

/** What a reference says of a user's set, with numbers for names; null where it cannot be one. */
export function ownInfo(ref: DatasetRef): DatasetInfo | null {
  const [, , examples = '', sides = '', task, last = ''] = REFERENCE.exec(ref) ?? [];
  const count = parseInt(examples, 36);
  const shape = sides.split('x').map(Number);
  const outputs = Number(last);
  const classes = task === 'c';
  const fits =
    count >= MIN_OWN_EXAMPLES &&
    count <= MAX_OWN_EXAMPLES &&
    isShape(shape) &&
    (classes ? outputs >= 2 && outputs <= MAX_OWN_CLASSES : outputs === 1);
  // One spelling only: the same set is the same link.
  if (!fits || sides !== shape.join('x')) return null;
  return {
    id: 'own',
    task: classes ? 'classification' : 'regression',
    shape,
    classes: classes ? Array.from({ length: outputs }, (_, i) => String(i + 1)) : ['y'],
    outputs,
    ...splitCounts(count),
    officialSplit: false,
    planar: false,
  };
}

/** `[inputs]` of a table, or `[height, width, channels]` with one channel or three. */
function isShape(shape: readonly number[]): boolean {
  const within = (side: number | undefined, most: number) =>
    side !== undefined && side >= 1 && side <= most;
  if (shape.length === 1) return within(shape[0], MAX_OWN_INPUTS);
  const [height, width, channels] = shape;
  const sides = within(height, MAX_OWN_SIDE) && within(width, MAX_OWN_SIDE);
  return shape.length === 3 && sides && (channels === 1 || channels === 3);
}
