import { expect } from 'vitest';
import { WhittleError, type Problem } from '../../../experiment/problem';
import { decodeOnnx } from '../decode-onnx';

/** The problem that reading these bytes ends with, within a second. */
export function refusal(bytes: Uint8Array): Problem {
  const started = performance.now();
  try {
    decodeOnnx(bytes);
  } catch (error) {
    // Twice that on a machine that has other things to do.
    expect(performance.now() - started).toBeLessThan(2_000);
    if (error instanceof WhittleError) return error.problem;
    throw error;
  }
  throw new Error('It was read.');
}
