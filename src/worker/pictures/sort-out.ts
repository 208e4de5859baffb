import { MAX_OWN_CLASSES } from '../../experiment/own-dataset';
import { manyClasses } from '../keep-pictures';
import { MAX_FILES } from './limits';
import { climbingPath, nestedArchive, noPictures, tooManyFiles } from './problems';

/** A picture by its place among the paths, with its class. */
export interface PlacedPicture {
  readonly at: number;
  readonly label: number;
}

/** What is in an archive or a folder. */
export interface SortedOut {
  readonly classes: readonly string[];
  readonly pictures: readonly PlacedPicture[];
  readonly ignored: Ignored;
  /** Whether parts for training and testing were put together. */
  readonly merged: boolean;
}

/** Files that are left out. */
export interface Ignored {
  /** That systems put there: their names begin with a point, or they lie in `__MACOSX`. */
  readonly hidden: number;
  /** That are no pictures by their names. */
  readonly others: number;
  /** Pictures in no folder, so of no class. */
  readonly loose: number;
}

export const PICTURE = /\.(png|jpe?g|webp)$/i;
export const ARCHIVE = /\.(zip|gz|tgz|tar|bz2|xz|zst|7z|rar|jar)$/i;
const PARTS = /^(train|training|test|testing|val|valid|validation)$/i;

/**
 * Makes classes of folders. A folder that is around all of them is taken off, and so are parts of a split
 * (`train/`, `test/`), which are put together: Whittle splits by the seed. `name`: what the paths lie in.
 * @throws WhittleError where there is nothing to learn from, or something hostile
 */
export function sortOut(name: string, paths: readonly string[]): SortedOut {
  if (paths.length > MAX_FILES) throw tooManyFiles(name, MAX_FILES);
  const ignored = { hidden: 0, others: 0, loose: 0 };
  const found: { readonly at: number; readonly folders: readonly string[] }[] = [];
  paths.forEach((path, at) => {
    const parts = partsOf(name, path);
    const file = parts.at(-1) ?? '';
    // A folder's own entry.
    if (file === '') return;
    if (isHidden(parts)) ignored.hidden++;
    else if (ARCHIVE.test(file)) throw nestedArchive(name, path);
    else if (!PICTURE.test(file)) ignored.others++;
    else found.push({ at, folders: parts.slice(0, -1) });
  });
  const { folders, merged } = withoutParts(withoutTop(found.map((one) => one.folders)));
  const classes = [...new Set(folders.flatMap(([first]) => first ?? []))].sort(byNumber);
  const labels = new Map(classes.map((one, label) => [one, label]));
  const pictures = folders.flatMap(([first], i) => {
    const [at, label] = [found[i]?.at, labels.get(first ?? '')];
    return at === undefined || label === undefined ? [] : [{ at, label }];
  });
  ignored.loose = found.length - pictures.length;
  if (pictures.length === 0) throw noPictures(name);
  if (classes.length > MAX_OWN_CLASSES) throw manyClasses(name, classes.length);
  return { classes, pictures, ignored, merged };
}

/** The folders and the file of a path. @throws WhittleError where it leads out of what it is in */
function partsOf(name: string, path: string): readonly string[] {
  // Windows writes `\`; what begins with a drive is absolute.
  const parts = path.replaceAll('\\', '/').split('/');
  const isAbsolute = parts[0] === '' || /^[a-z]:/i.test(path);
  if (isAbsolute || parts.includes('..') || path.includes('\0')) throw climbingPath(name, path);
  return parts.filter((part, i) => part !== '.' && (part !== '' || i === parts.length - 1));
}

function isHidden(parts: readonly string[]): boolean {
  return parts.some((part) => part.startsWith('.') || part === '__MACOSX');
}

/** Takes off folders that are around all others. */
function withoutTop(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [first] = paths;
  const top = first?.[0];
  const isAround =
    top !== undefined && paths.every((folders) => folders[0] === top && folders.length > 1);
  return isAround ? withoutTop(paths.map((folders) => folders.slice(1))) : paths;
}

/** Takes off the parts of a split where that is all there is. */
function withoutParts(paths: readonly (readonly string[])[]) {
  const merged =
    paths.length > 0 &&
    paths.every(([first, second]) => second !== undefined && PARTS.test(first ?? ''));
  return { folders: merged ? paths.map((folders) => folders.slice(1)) : paths, merged };
}

const order = new Intl.Collator('en', { numeric: true });
/** `2` before `10`, as people count. */
function byNumber(a: string, b: string): number {
  return order.compare(a, b);
}
