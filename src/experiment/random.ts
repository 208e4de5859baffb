/** State of xoshiro128** (Blackman & Vigna 2018): four unsigned 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number];

/** A seeded generator. Its state is plain data, so a checkpoint can carry it. */
export interface Random {
  /** An unsigned 32-bit integer. */
  uint32(): number;
  /** Uniform in [0, 1), 24 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound), unbiased. */
  below(bound: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** A uniform permutation of 0 … n−1 (Fisher–Yates). */
  permutation(n: number): Uint32Array;
  state(): RandomState;
}

/** Expands a 32-bit seed to a generator state with SplitMix32. */
export function seedState(seed: number): RandomState {
  let x = seed >>> 0;
  const next = () => {
    x = (x + 0x9e3779b9) >>> 0;
    let z = x;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return [next(), next(), next(), next()];
}

/** A generator that continues from `state`. */
export function randomFrom(state: RandomState): Random {
  let [a, b, c, d] = state;
  const rotl = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const uint32 = () => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  const uniform = () => (uint32() >>> 8) / 0x1000000;
  const below = (bound: number) => {
    const limit = 0x100000000 - (0x100000000 % bound);
    let x = uint32();
    while (x >= limit) x = uint32();
    return x % bound;
  };
  return {
    uint32,
    uniform,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = below(i + 1);
        const held = order[i] ?? 0;
        order[i] = order[j] ?? 0;
        order[j] = held;
      }
      return order;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

/** A generator for `seed`. */
export function randomOf(seed: number): Random {
  return randomFrom(seedState(seed));
}
