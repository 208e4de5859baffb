/** Points in the plane, trained in seconds: every kind of step, on the backend that is the same everywhere. */
export const SPIRAL =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=cpu' +
  '&train=lr:0.01,epochs:40,batch:16&prune=sparsity:0.5&train=lr:0.003,epochs:10,batch:16&quantize=bits:4';

/** Long enough that a test can do something while it trains. */
export const LONG =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=cpu&train=lr:0.003,epochs:120,batch:16';
