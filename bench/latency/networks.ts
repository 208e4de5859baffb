import { serveData } from '../../src/data/data-server';
import { openDataset } from '../../src/data/open';
import { createEngine } from '../../src/engine/engine';
import type { Checkpoint } from '../../src/experiment/checkpoint';
import { parseLink } from '../../src/experiment/link';
import { initialCheckpoint } from '../../src/experiment/model';
import { techniqueSpecs } from '../../src/techniques/registry';
import { applyStep } from '../../src/worker/technique';

const PRUNE =
  'prune=sparsity:0.95,schedule:gradual,epochs:2,ramp:1&train=lr:0.001,epochs:1,schedule:cosine';

const SPARSE = '95 % sparse';

/** What comes of which network, by steps as in a link. */
const VARIANTS: Readonly<Record<string, { from: string; link: string }>> = {
  '8 bits': { from: 'dense', link: 'quantize=bits:8' },
  '4 bits': { from: 'dense', link: 'quantize=bits:4' },
  ternary: { from: 'dense', link: 'quantize=bits:2' },
  binary: { from: 'dense', link: 'quantize=bits:1' },
  '95 % sparse, 4 bits': { from: SPARSE, link: 'quantize=bits:4' },
  '95 % sparse, codebook of 4 bits': {
    from: SPARSE,
    link: 'quantize=bits:4,scheme:codebook,granularity:tensor',
  },
};

const EPOCHS: Readonly<Record<string, number>> = {
  'lenet-300-100': 4,
  'lenet-5-classic': 2,
  'lenet-5': 2,
};

/**
 * A reference network trained on MNIST with the page's own engine on WASM, in Node, and compressed: `dense`
 * and the `VARIANTS`, by name. Takes minutes.
 */
export async function makeNetworks(model: string): Promise<Readonly<Record<string, Checkpoint>>> {
  const server = await serveData();
  const engine = await createEngine('wasm', { wasmBase: '' });
  const context = { engine, dataset: openDataset('mnist', 7, server.baseUrl) };
  const apply = async (start: Checkpoint, link: string) => {
    let checkpoint = start;
    const { link: read, problems } = parseLink(`data=mnist&${link}`, techniqueSpecs);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
    for (const step of read.experiment.recipe) {
      checkpoint = await applyStep(step, checkpoint, context);
    }
    return checkpoint;
  };
  const start = initialCheckpoint({ dataset: 'mnist', model, seed: 7 });
  const epochs = String(EPOCHS[model] ?? 2);
  const dense = await apply(start, `train=lr:0.002,epochs:${epochs},schedule:onecycle`);
  const made: Record<string, Checkpoint> = { dense, [SPARSE]: await apply(dense, PRUNE) };
  for (const [name, { from, link }] of Object.entries(VARIANTS)) {
    made[name] = await apply(made[from] ?? dense, link);
  }
  await server.close();
  return made;
}
