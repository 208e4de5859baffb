import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { memory, type LayersModel } from '@tensorflow/tfjs';
import { vi } from 'vitest';
import { codeOf } from './recipes';

export interface Kernel {
  readonly shape: readonly [number, number];
  readonly values: readonly number[];
}

/** A layer with all that it holds: kernel and bias, or scale, shift, mean and variance. */
export interface Part {
  readonly name: string;
  readonly weights: readonly (readonly number[])[];
}

export interface Run {
  /** What the script prints. */
  readonly said: string;
  /** Of the model that it exports. */
  readonly kernels: readonly Kernel[];
  readonly parts: readonly Part[];
  /** How many it leaves behind. */
  readonly tensors: number;
}

/** Scripts read files from where they are started; tests, from beside the script. */
const READS_HERE = "import { readFileSync } from 'node:fs';";
const READS_BESIDE = `import { readFileSync as read } from 'node:fs';
const readFileSync = (file, encoding) => read(new URL(file, import.meta.url), encoding);`;

/** A folder in which Node finds TensorFlow.js, for scripts to run in. */
export class Scripts {
  private readonly folder: string;
  private count = 0;

  constructor() {
    const cache = join(import.meta.dirname, '..', '..', '..', '..', '.cache');
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, 'code-'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A file that scripts read, under the name by which they read it. */
  add(name: string, content: string | Uint8Array): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs a module, and gives what it exports. */
  async import(code: string): Promise<unknown> {
    // Every module runs once.
    this.count += 1;
    const file = join(this.folder, `script${String(this.count)}.mjs`);
    writeFileSync(file, code.replace(READS_HERE, READS_BESIDE));
    return import(/* @vite-ignore */ pathToFileURL(file).href);
  }

  /** Runs the script of a recipe, with changes if there are any. */
  async run(link: string, changed: (code: string) => string = (code) => code): Promise<Run> {
    const before = memory().numTensors;
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const code = changed(codeOf(link, 'tfjs'));
    const { model } = (await this.import(code)) as { readonly model: LayersModel };
    const said = print.mock.calls.map((line) => line.join(' ')).join('\n');
    print.mockRestore();
    const tensors = memory().numTensors - before;
    const kernels = model.layers
      .filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()))
      .flatMap((layer) => layer.getWeights().slice(0, 1))
      .map((kernel) => ({
        shape: kernel.shape as [number, number],
        values: Array.from(kernel.dataSync()),
      }));
    const parts = model.layers.map((layer) => ({
      name: layer.name,
      weights: layer.getWeights().map((weight) => Array.from(weight.dataSync())),
    }));
    return { said, kernels, parts, tensors };
  }
}
