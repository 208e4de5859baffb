import { DATASETS, DEFAULT_NOISE, resolveDataset } from '../experiment/dataset';
import type { DatasetInfo } from '../experiment/dataset';
import type { DatasetRef } from '../experiment/experiment';
import { isOwn } from '../experiment/own-dataset';
import { WhittleError } from '../experiment/problem';
import { circles } from './circles';
import type { Dataset } from './dataset';
import { openFashionMnist } from './fashion-mnist';
import { gaussians } from './gaussians';
import { generatedDataset } from './generated';
import type { GeneratedSet } from './generated';
import { openIris } from './iris';
import { linear, shiftedLinear } from './linear';
import { openMnist } from './mnist';
import { openOwn, type OwnSource } from './own/open';
import { spiral } from './spiral';
import { surface } from './surface';
import { viewed } from './view';
import { xor } from './xor';

const GENERATED: Readonly<Record<string, GeneratedSet>> = {
  circles,
  xor,
  gaussians,
  spiral,
  linear,
  surface,
};

type OpenImages = (ref: DatasetRef, info: DatasetInfo, address: string) => Dataset;
const IMAGES: Readonly<Record<string, OpenImages>> = {
  mnist: openMnist,
  'fashion-mnist': openFashionMnist,
};

/**
 * Image sets that are open, by address. They are the same for every seed, and tens of megabytes:
 * another seed or a second look at a set does not load it again while anybody still holds it.
 */
const opened = new Map<string, WeakRef<Dataset>>();

/**
 * Opens a data set; what has to be loaded begins to stream at once.
 *
 * @param seed the experiment's; draws generated sets and splits Iris and the user's own
 * @param baseUrl the folder that holds `data/`. A worker must give it as an absolute address, since
 *   `./` means the worker's own folder there
 * @param own reads data of the user's own
 * @throws WhittleError at `data` for a reference that names no set
 */
export function openDataset(
  ref: DatasetRef,
  seed: number,
  baseUrl: string,
  own: OwnSource = nothingIsKept,
): Dataset {
  const resolved = resolveDataset(ref);
  if (resolved === null) throw unknownDataset(ref);
  const { info, noise, view } = resolved;
  if (isOwn(ref)) return openOwn(ref, info, seed, own);
  const address = `${baseUrl.replace(/\/?$/, '/')}data/${info.id}/`;

  const set = view === 'shifted' ? shiftedLinear : GENERATED[info.id];
  if (set !== undefined) return generatedDataset(ref, info, noise ?? DEFAULT_NOISE, seed, set);
  if (info.id === 'iris') return openIris(ref, info, seed, address);

  const openImages = IMAGES[info.id];
  if (openImages === undefined) throw unknownDataset(ref);
  const whole = opened.get(address)?.deref() ?? openImages(info.id, wholeOf(info), address);
  opened.set(address, new WeakRef(whole));
  return view === null ? whole : viewed(whole, ref, info, view);
}

/** What a set is without a view of it. */
function wholeOf({ id }: DatasetInfo): DatasetInfo {
  const resolved = resolveDataset(id);
  if (resolved === null) throw unknownDataset(id);
  return resolved.info;
}

const nothingIsKept: OwnSource = {
  load: () => Promise.resolve(null),
  record: () => Promise.resolve(null),
};

function unknownDataset(ref: DatasetRef): WhittleError {
  const known = DATASETS.map(({ id }) => id).join(', ');
  return new WhittleError({
    code: 'unknownDataset',
    params: { dataset: ref, known },
    at: 'data',
    message: `There is no data set "${ref}". Choose one of ${known}; those made from the seed take a noise level from 0 to 0.5 after a colon, as in spiral:0.2.`,
  });
}
