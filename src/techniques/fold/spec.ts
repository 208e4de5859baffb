import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { folded, hasNorm } from './targets';

const options = z.object({});

export type FoldOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    fold: FoldOptions;
  }
}

export const foldSpec: TechniqueSpec<'fold'> = {
  id: 'fold',
  options,
  mainOption: () => null,
  activeOptions: () => [],
  instant: () => true,
  compression: () => 'reshape',
  check: (_, architecture) => checkNorms(architecture),
  reshape: (_, architecture) => folded(architecture, () => false),
};

function checkNorms(architecture: Architecture): Problem | null {
  if (!hasNorm(architecture)) {
    return {
      code: 'noNormToFold',
      params: {},
      message:
        'This network has no batch norm to fold. Add batch norm to the network, or leave this step out.',
    };
  }
  const left = folded(architecture, () => true);
  return left.layers.length < architecture.layers.length ? null : noFoldFits;
}

/** All batch norms stand where folding them would change what the network says. */
export const noFoldFits: Problem = {
  code: 'noFoldFits',
  params: {},
  message:
    'No batch norm of this network can be folded without changing what it says: each stands before a convolution with padding, whose zeros are not normalized, or before a max pool with a negative scale. Put it directly behind a layer without activation, or take convolutions without padding.',
};
