import type { WhittleError } from '../../experiment/problem';
import { isNetwork, networkNoData } from '../intake/network-file';
import { loosePictures, archiveAmongFiles, noPictures, notZip, tableNoPictures } from './problems';
import { ARCHIVE, PICTURE } from './sort-out';

const TABLE = /\.(csv|tsv|tab|txt|whittle-data)$/i;

/** Why files that lie in no folder, and are neither one zip file nor IDX, hold no pictures with classes. */
export function looseProblem(names: readonly string[]): WhittleError {
  const archive = names.find((name) => ARCHIVE.test(name));
  const pictures = names.filter((name) => PICTURE.test(name));
  const [picture] = pictures;
  const [first = '–'] = names;
  if (archive !== undefined) {
    return names.length === 1 ? notZip(archive) : archiveAmongFiles(archive, names.length);
  }
  if (picture !== undefined) return loosePictures(picture, pictures.length);
  if (isNetwork(first)) return networkNoData(first);
  return TABLE.test(first) ? tableNoPictures(first) : noPictures(first);
}
