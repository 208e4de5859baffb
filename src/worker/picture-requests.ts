import { sizeOf } from '../experiment/shapes';
import type { Drafts } from './drafts';
import { keptPictures, pictureSet } from './keep-pictures';
import { aboutOf, type OwnSets } from './own-data';
import { areEdgesBright } from './pictures/edges';
import type { PictureIntake } from './pictures/intake';
import type { PictureSummary, ReadPictures, WorkerEvent } from './protocol';
import type { Handlers } from './serve';

/** What the page asks about pictures of the user's own. */
export function createPictureRequests(
  own: OwnSets,
  drafts: Drafts,
  intake: PictureIntake,
  emit: (event: WorkerEvent) => void,
): Pick<Handlers, 'readPictures' | 'keepRead' | 'keepPictures' | 'ownPictures'> {
  return {
    readPictures: async ({ files, options, draft }, { signal }) => {
      const tell = (progress: { done: number; total: number }) => {
        emit({ event: 'pictures', ...progress });
      };
      const read = await intake({ kind: 'files', files, options }, tell, signal);
      signal.throwIfAborted();
      drafts.put(draft, { kind: 'pictures', read, options });
      return summaryOf(read);
    },
    keepRead: async ({ draft, name, inverts }) => {
      const { read, options } = drafts.pictures(draft);
      const pixels = inverts ? read.pixels.map((value) => 255 - value) : read.pixels;
      const set = { ...read, name, pixels };
      const given = { keep: options.keep, inverts };
      const made = pictureSet(isLikeMnist(set) ? set : { ...set, given });
      const kept = await own.keep(made, { proposed: read.name });
      drafts.drop(draft);
      return aboutOf(kept);
    },
    keepPictures: async (set) => aboutOf(await own.keep(pictureSet(set))),
    ownPictures: async ({ ref }) => {
      const kept = await own.load(ref);
      return kept && keptPictures(kept);
    },
  };
}

/**
 * IDX files of 28 × 28 are MNIST's form, which its likes share: drawings are made as its digits were. Not where the
 * ink is dark, which theirs is not.
 */
function isLikeMnist(set: ReadPictures): boolean {
  return set.asTheyAre && String(set.shape) === '28,28,1' && !areEdgesBright(set);
}

/** Examples of a class that are shown. */
const SHOWN = 8;

function summaryOf(read: ReadPictures): PictureSummary {
  const { name, shape, pixels, labels } = read;
  const { ignored, merged, asTheyAre, broken, brokenCount } = read;
  const size = sizeOf(shape);
  const classes = read.classes.map((one) => ({
    ...{ name: one, count: 0 },
    examples: new Array<Uint8Array>(),
  }));
  labels.forEach((label, i) => {
    const one = classes[label];
    if (one === undefined) return;
    one.count++;
    if (one.examples.length < SHOWN) one.examples.push(pixels.slice(i * size, (i + 1) * size));
  });
  return {
    ...{ name, shape, classes, ignored, merged, asTheyAre, broken, brokenCount },
    darkInk: shape[2] === 1 && areEdgesBright(read),
  };
}
