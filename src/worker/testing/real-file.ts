import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DATA = new URL('../../../node_modules/vega-datasets/data/', import.meta.url);

/** A file with a table that somebody else has made. */
export function realFile(name: string): Blob {
  return new Blob([readFileSync(fileURLToPath(new URL(name, DATA)))]);
}
