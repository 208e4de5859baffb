import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MODULES = new URL('../../../node_modules/', import.meta.url);

function fileIn(path: string): Blob {
  return new Blob([readFileSync(fileURLToPath(new URL(path, MODULES)))]);
}

/** A file with a table that somebody else has made. */
export function realFile(name: string): Blob {
  return fileIn(`vega-datasets/data/${name}`);
}

/** Fisher's irises as the UCI repository has them: 150 rows, and no header. */
export function irisFile(): Blob {
  return fileIn('nodeml/libs/sample/res/iris.data');
}
