import type { Checkpoint } from '../../src/experiment/checkpoint';
import { openRecipes, untrained } from '../recipes';
import { plainSections } from './plain';

/** A network, how it was made, and what a general compressor is given of it. */
export interface Made {
  readonly name: string;
  readonly checkpoint: Checkpoint;
  readonly plain: readonly Uint8Array[];
}

/** What is done with a network that is trained, as in a link. */
const ROUNDED: Readonly<Record<string, string>> = {
  float32: 'recipe=none',
  '8 bits': 'quantize=bits:8',
  '4 bits': 'quantize=bits:4',
  ternary: 'quantize=bits:2',
  binary: 'quantize=bits:1',
};
const PRUNE =
  'prune=sparsity:0.92,schedule:gradual,epochs:3,ramp:1&train=lr:0.001,epochs:3,schedule:cosine';
/** And with one that is pruned too. */
const PRUNED: Readonly<Record<string, string>> = {
  '92 % pruned': 'recipe=none',
  '92 % pruned, codebook of 4 bits': 'quantize=bits:4,scheme:codebook,granularity:tensor',
  '92 % pruned, 8 bits': 'quantize=bits:8',
  '92 % pruned, ternary': 'quantize=bits:2',
};

/** Trained on MNIST with the page's own engine on WASM, in Node, and compressed in all the usual ways. */
export async function* makeNetworks(): AsyncGenerator<Made> {
  const { apply, close } = await openRecipes();
  for (const model of ['lenet-300-100', 'lenet-5-classic']) {
    const trained = await apply(untrained(model), 'train=lr:0.002,epochs:6,schedule:onecycle');
    const pruned = await apply(trained, PRUNE);
    for (const [from, recipes] of [[trained, ROUNDED] as const, [pruned, PRUNED] as const]) {
      for (const [name, link] of Object.entries(recipes)) {
        const checkpoint = await apply(from, link);
        yield { name: `${model}, ${name}`, checkpoint, plain: plainSections(checkpoint) };
      }
    }
  }
  await close();
}
