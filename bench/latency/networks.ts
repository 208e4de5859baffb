import type { Checkpoint } from '../../src/experiment/checkpoint';
import { openRecipes, untrained } from '../recipes';

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
  const { apply, close } = await openRecipes();
  const epochs = String(EPOCHS[model] ?? 2);
  const dense = await apply(untrained(model), `train=lr:0.002,epochs:${epochs},schedule:onecycle`);
  const made: Record<string, Checkpoint> = { dense, [SPARSE]: await apply(dense, PRUNE) };
  for (const [name, { from, link }] of Object.entries(VARIANTS)) {
    made[name] = await apply(made[from] ?? dense, link);
  }
  await close();
  return made;
}
