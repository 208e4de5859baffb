import { plain } from './assembly/peak.ts?assembly';

const ROUNDS = 2_000_000;
const FLOPS_A_ROUND = 56;
const SLICES = 40;

/**
 * GFLOP/s of one thread that does nothing but multiply and add in WebAssembly, as many of each and none
 * fused: by slices of some two milliseconds.
 */
export async function measurePeak(): Promise<readonly number[]> {
  const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const multiplyAdd = instance.exports['multiplyAdd'] as (rounds: number) => number;
  return Array.from({ length: SLICES }, () => {
    const started = performance.now();
    multiplyAdd(ROUNDS);
    return (ROUNDS * FLOPS_A_ROUND) / (performance.now() - started) / 1e6;
  });
}
