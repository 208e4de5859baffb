import { serveData } from '../src/data/data-server';
import { openDataset } from '../src/data/open';
import { createEngine } from '../src/engine/engine';
import type { Checkpoint } from '../src/experiment/checkpoint';
import { parseLink } from '../src/experiment/link';
import { initialCheckpoint } from '../src/experiment/model';
import { techniqueSpecs } from '../src/techniques/registry';
import { applyStep } from '../src/worker/technique';

const SEED = 7;

/** A network of MNIST before anything is done with it. */
export function untrained(model: string): Checkpoint {
  return initialCheckpoint({ dataset: 'mnist', model, seed: SEED });
}

/** Carries out recipes on MNIST as links spell them, with the page's own engine on WASM, in Node. */
export async function openRecipes() {
  const server = await serveData();
  const engine = await createEngine('wasm', { wasmBase: '' });
  const context = { engine, dataset: openDataset('mnist', SEED, server.baseUrl) };
  return {
    ...context,
    close: () => server.close(),
    apply: async (start: Checkpoint, link: string): Promise<Checkpoint> => {
      let checkpoint = start;
      const { link: read, problems } = parseLink(`data=mnist&${link}`, techniqueSpecs);
      if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
      for (const step of read.experiment.recipe) {
        checkpoint = await applyStep(step, checkpoint, context);
      }
      return checkpoint;
    },
  };
}
