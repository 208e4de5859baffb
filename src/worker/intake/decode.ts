import type { Encoding } from '../../experiment/own-table';
import { WhittleError } from '../../experiment/problem';

/** Characters that are handed on at a time, about. */
const CHUNK = 1 << 20;

/**
 * A file's text, piece by piece, lines ending in `\n`. Without a mark at its beginning that says otherwise it has
 * to be UTF-8.
 * @throws WhittleError where it is not what it should be
 */
export async function* textOf(
  file: Blob,
  name: string,
  encoding: Encoding,
): AsyncGenerator<{ readonly text: string; readonly loadedBytes: number }> {
  const mark = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (ZIP.every((byte, at) => mark[at] === byte)) throw notText(name);
  const label = encoding === 'auto' ? markedAs(mark) : encoding;
  const decoder = new TextDecoder(label, { fatal: true });
  const reader = file.stream().getReader();
  let loadedBytes = 0;
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      try {
        text += done ? decoder.decode() : decoder.decode(value, { stream: true });
      } catch {
        throw notInEncoding(name, label, loadedBytes);
      }
      loadedBytes += value?.length ?? 0;
      // The second half of a line's end may be in the next piece.
      const split = !done && text.endsWith('\r');
      if (!done && (text.length < CHUNK || split)) continue;
      yield { text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, loadedBytes };
      if (done) return;
      text = '';
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** How zip files begin, and with them what Excel saves. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** UTF-16 without a mark has a zero beside every plain letter. */
function markedAs([first = 1, second = 1]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first > 0 && second === 0) return 'utf-16le';
  if (first === 0 && second > 0) return 'utf-16be';
  return 'utf-8';
}

function notText(name: string): WhittleError {
  return new WhittleError({
    code: 'notText',
    params: { name },
    message: `${name} is no text: it begins as zip files do, and with them the workbooks of spreadsheets. Save the sheet as CSV, and choose that.`,
  });
}

function notInEncoding(name: string, label: string, at: number): WhittleError {
  const encoding = label.toUpperCase();
  const position = (at / 1e6).toFixed(1);
  return new WhittleError({
    code: 'wrongEncoding',
    params: { name, encoding, position },
    at: 'encoding',
    message: `${name} is not spelled in ${encoding}: it goes wrong about ${position} MB from its beginning. Choose how it is spelled, or save it as UTF-8.`,
  });
}
