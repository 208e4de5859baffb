import { quoted, type Reason } from '../../deploy/reason';
import { grouped } from '../../experiment/grouped';
import { WhittleError } from '../../experiment/problem';
import type { Broken } from './decode';
import { MAX_PICTURE_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES } from './limits';

const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** More files than can be read. */
export function tooManyFiles(name: string, most: number): WhittleError {
  return new WhittleError({
    code: 'tooManyFiles',
    params: { name, most },
    message: `${name} holds more than ${grouped(most)} files. Leave some out, or make several sets of it.`,
  });
}

/** Longer than can be read; `what`: the file, or what it becomes. */
export function tooLong(name: string, bytes: number, most: number): WhittleError {
  return new WhittleError({
    code: 'fileTooLong',
    params: { name, megabytes: megabytes(bytes), most: megabytes(most) },
    message: `${name} has ${grouped(megabytes(bytes))} MB, and at most ${grouped(megabytes(most))} MB can be read here. Make it smaller, or take a part.`,
  });
}

/** A set that cannot be saved as a file that is read again. */
export function tooLongToSave(name: string, bytes: number, most: number): WhittleError {
  const atLeast = Math.ceil(bytes / 1e6);
  return new WhittleError({
    code: 'tooLongToSave',
    params: { name, megabytes: atLeast, most: megabytes(most) },
    message: `${name} was not saved: its file would hold ${grouped(atLeast)} MB or more, and at most ${grouped(megabytes(most))} MB can be read again here. It stays in this browser; to have it elsewhere, keep the files that it was made of.`,
  });
}

/** An archive that becomes far longer than it is. */
export function archiveBomb(name: string, bytes: number, most: number): WhittleError {
  const [ratio, low, high] = [
    MAX_RATIO,
    megabytes(MAX_PICTURE_BYTES),
    megabytes(MAX_UNPACKED_BYTES),
  ];
  return new WhittleError({
    code: 'archiveBomb',
    params: { name, megabytes: megabytes(bytes), most: megabytes(most), ratio, low, high },
    message: `${name} would unpack to ${grouped(megabytes(bytes))} MB, and at most ${grouped(megabytes(most))} MB are unpacked from it: ${String(ratio)} times its length, but never less than ${String(low)} MB nor more than ${grouped(high)} MB. Nothing of it was read. Pack the pictures themselves, a folder a class.`,
  });
}

/** An entry whose path leads out of the archive. */
export function climbingPath(name: string, path: string): WhittleError {
  return new WhittleError({
    code: 'climbingPath',
    params: { name, path },
    message: `${name} holds “${path}”, a path that leads out of the archive. Nothing of it was read. Pack the folders anew.`,
  });
}

/** An archive in an archive. */
export function nestedArchive(name: string, path: string): WhittleError {
  return new WhittleError({
    code: 'nestedArchive',
    params: { name, path },
    message: `${name} holds “${path}”, which is an archive itself. Nothing of it was read. Unpack it, and pack the folders with the pictures.`,
  });
}

/** A zip file that cannot be read; `path`: the entry that is at fault, or the file itself. */
export function brokenArchive(path: string): WhittleError {
  return new WhittleError({
    code: 'brokenArchive',
    params: { path },
    message: `${path} could not be unpacked: it is damaged, or it has a password. Pack it anew as a plain zip file.`,
  });
}

/** A file that is called an archive, and begins as no zip file does. */
export function notZip(name: string): WhittleError {
  return new WhittleError({
    code: 'notZip',
    params: { name },
    message: `${name} is no zip file, or its beginning is damaged: it does not begin as zip files do. Pack the folders with the pictures anew as a plain zip file.`,
  });
}

/** An archive that was given with other files. */
export function archiveAmongFiles(name: string, count: number): WhittleError {
  return new WhittleError({
    code: 'archiveAmongFiles',
    params: { name, count },
    message: `${name} is an archive among ${grouped(count)} files, and a set is made of one zip file alone. Nothing was read. Choose it alone, or pack all folders into one.`,
  });
}

/** Pictures that lie in no folder, so that nothing says their classes. `name`: the first. */
export function loosePictures(name: string, count: number): WhittleError {
  const subject =
    count === 1 ? `${name} lies` : `${grouped(count)} pictures, the first of them ${name}, lie`;
  return new WhittleError({
    code: 'loosePictures',
    params: { name, count },
    message: `${subject} in no folder, so in no class. Make a folder for each class, named like it, put the pictures in, and choose the folder around them or a zip file of it.`,
  });
}

/** A table where pictures are asked for. */
export function tableNoPictures(name: string): WhittleError {
  return new WhittleError({
    code: 'tableNoPictures',
    params: { name },
    message: `${name} holds no pictures by its name. Tables, and data that Whittle saved, are read under “Add a table”: choose it there.`,
  });
}

/** Nothing to learn from. */
export function noPictures(name: string): WhittleError {
  return new WhittleError({
    code: 'noPictures',
    params: { name },
    message: `${name} holds no pictures in folders. Make a folder for each class, named like it, with its PNG, JPEG or WebP files in it, and choose the folder around them or a zip file of it.`,
  });
}

const BROKEN: Readonly<Record<Broken, string>> = {
  unpacking: 'damaged in the archive',
  type: 'not a picture inside',
  damaged: 'damaged',
  bytes: 'longer than 50 MB',
  pixels: 'more than 60 million pixels',
};

/** Pictures of which not one could be read. */
export function nothingReadable(name: string, path: string, broken: Broken): WhittleError {
  return new WhittleError({
    code: 'nothingReadable',
    params: { name, path, broken },
    message: `Of the pictures in ${name} not one could be read, among them ${path} (${BROKEN[broken]}). PNG, JPEG and WebP can be.`,
  });
}

/** An IDX file whose contents are not what its beginning says. */
export function brokenIdx(name: string, reason: Reason): WhittleError {
  const { text, behind } = quoted(reason);
  return new WhittleError({
    code: 'brokenIdx',
    params: { name, reason: text },
    ...behind,
    message: `${name} cannot be read as IDX: ${text}. Choose the whole file, of unsigned bytes as MNIST’s are.`,
  });
}

/** Pictures without labels, or labels without pictures. */
export function unpairedIdx(name: string, count: number): WhittleError {
  return new WhittleError({
    code: 'unpairedIdx',
    params: { name, count },
    message: `${name} has ${grouped(count)} examples, and there is no second file of as many: pictures and labels come in two IDX files. Choose both at once.`,
  });
}

/** Pictures and labels that are not as many. */
export function mismatchedIdx(
  pictures: { readonly name: string; readonly count: number },
  labels: { readonly name: string; readonly count: number },
): WhittleError {
  return new WhittleError({
    code: 'mismatchedIdx',
    params: {
      ...{ pictures: pictures.name, count: pictures.count },
      ...{ labels: labels.name, labelCount: labels.count },
    },
    message: `${pictures.name} has ${grouped(pictures.count)} pictures and ${labels.name} has ${grouped(labels.count)} labels, so they do not belong together: each picture has one label. Choose the two files of one part, both for training or both for testing.`,
  });
}
