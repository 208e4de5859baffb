import type { Encoding } from '../../experiment/own-table';
import { grouped } from '../../experiment/grouped';
import { WhittleError } from '../../experiment/problem';
import { controlByte, misencodedAt } from './bad-bytes';

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
      const control = value && !label.startsWith('utf-16') ? controlByte(value) : null;
      if (control !== null) throw binaryFile(name, loadedBytes + control);
      try {
        text += done ? decoder.decode() : decoder.decode(value, { stream: true });
      } catch {
        throw notInEncoding(name, label, await misencodedAt(file, label, loadedBytes));
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
    message: `${name} is no text: it begins as zip files do, and with them the workbooks of spreadsheets. Save the sheet as CSV, and choose that; a zip file of pictures is read under “Add pictures”.`,
  });
}

/** `at`: the place of the byte, from 1. */
function binaryFile(name: string, at: number): WhittleError {
  return new WhittleError({
    code: 'binaryFile',
    params: { name, byte: at },
    at: 'encoding',
    message: `${name} is hardly text: its byte ${grouped(at)} is a control character, which tables do not have. Choose a CSV or TSV file. If it is text in UTF-16, choose that encoding.`,
  });
}

function notInEncoding(
  name: string,
  label: string,
  { line, byte }: { readonly line: number; readonly byte: number },
): WhittleError {
  const encoding = label.toUpperCase();
  return new WhittleError({
    code: 'wrongEncoding',
    params: { name, encoding, line, byte },
    at: 'encoding',
    message: `${name} is not encoded in ${encoding}: it goes wrong in line ${grouped(line)}, at byte ${grouped(byte)}. Choose its encoding, or save it as UTF-8.`,
  });
}
