/** Points in the plane, trained in a moment: every kind of step, on the backend that needs no GPU and whose bits are the same everywhere. */
export const SPIRAL =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=wasm' +
  '&train=lr:0.01,epochs:20,batch:16&prune=sparsity:0.5&train=lr:0.003,epochs:5,batch:16&quantize=bits:4';

/** Slow enough that a test can do something while it trains. */
export const LONG =
  'v=1&data=spiral&model=mlp:16-16&seed=7&backend=cpu&train=lr:0.003,epochs:50,batch:16';
