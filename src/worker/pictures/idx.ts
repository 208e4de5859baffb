import { told } from '../../deploy/reason';
import { grouped } from '../../experiment/grouped';
import { MAX_IDX_BYTES } from './limits';
import { brokenIdx, mismatchedIdx, tooLong, unpairedIdx } from './problems';

/** Bytes with the sides that an IDX file gives them (LeCun et al. 1998): pictures, or labels. */
export interface Idx {
  readonly name: string;
  /** `[count]`, or `[count, height, width]`. */
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** What the third byte says of the numbers; of these, unsigned bytes alone are read. */
const UNSIGNED = 0x08;
const TYPES = [UNSIGNED, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];
const GZIP = 0x1f8b;

/** Whether a file is IDX by its first four bytes: two zeros, a type, a number of sides. Or packed by gzip. */
export function looksLikeIdx([a, b, type, sides]: Uint8Array): boolean {
  return a === 0 && b === 0 && TYPES.includes(type ?? -1) && (sides === 1 || sides === 3);
}

export function looksLikeGzip([a = 0, b = 0]: Uint8Array): boolean {
  return ((a << 8) | b) === GZIP;
}

/** @throws WhittleError where the file is not as long as it says, or holds something else than bytes */
export function readIdx(name: string, bytes: Uint8Array): Idx {
  if (!looksLikeIdx(bytes))
    throw brokenIdx(name, 'its first four bytes are of another kind of file');
  const [, , type, sides = 0] = bytes;
  if (type !== UNSIGNED) throw brokenIdx(name, 'its numbers are no unsigned bytes');
  const start = 4 + 4 * sides;
  if (bytes.length < start) throw brokenIdx(name, 'it ends in its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: sides }, (_, i) => view.getUint32(4 + 4 * i));
  const length = start + shape.reduce((product, side) => product * side, 1);
  if (length !== bytes.length) {
    const [sides, should, is] = [shape.join(' × '), grouped(length), grouped(bytes.length)];
    throw brokenIdx(name, told`${sides} bytes and a header are ${should} bytes, it has ${is}`);
  }
  return { name, shape, values: bytes.subarray(start) };
}

/** A file's bytes, unpacked where it is packed. @throws WhittleError where they are too many */
export async function idxBytes(name: string, file: Blob): Promise<Uint8Array> {
  if (file.size > MAX_IDX_BYTES) throw tooLong(name, file.size, MAX_IDX_BYTES);
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (!looksLikeGzip(start)) return new Uint8Array(await file.arrayBuffer());
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw brokenIdx(name, 'what gzip packed in it is damaged');
    });
    if (done) break;
    length += value.length;
    if (length > MAX_IDX_BYTES) {
      await reader.cancel();
      throw tooLong(name, length, MAX_IDX_BYTES);
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Pictures with the labels that go with them: those of as many, in the order they were given.
 * @throws WhittleError where one is left without another
 */
export function pairIdx(files: readonly Idx[]): readonly { pictures: Idx; labels: Idx }[] {
  const labels = files.filter(({ shape }) => shape.length === 1);
  const alone: Idx[] = [];
  const pairs = files
    .filter(({ shape }) => shape.length === 3)
    .flatMap((pictures) => {
      const at = labels.findIndex(({ shape }) => shape[0] === pictures.shape[0]);
      const [found] = at < 0 ? [] : labels.splice(at, 1);
      if (found === undefined) alone.push(pictures);
      return found === undefined ? [] : [{ pictures, labels: found }];
    });
  const [picturesLeft, labelsLeft] = [alone[0], labels[0]].map(
    (idx) => idx && { name: idx.name, count: idx.shape[0] ?? 0 },
  );
  if (picturesLeft && labelsLeft) throw mismatchedIdx(picturesLeft, labelsLeft);
  const left = picturesLeft ?? labelsLeft;
  if (left) throw unpairedIdx(left.name, left.count);
  return pairs;
}
