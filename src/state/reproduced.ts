import results from './reproduced.json';

/** What came of a preset with one seed. */
export interface Reproduction {
  readonly seed: number;
  /** Shares of the test set that are not right; of the network before anything is taken away, where there is one. */
  readonly baselineError: number | null;
  readonly error: number;
  /** float32 bytes of the whole network by the bytes of the file. */
  readonly smaller: number;
  /** Multiply-adds that are not with a zero, by those of the whole network. */
  readonly multiplyAdds: number;
  /** From a trained baseline to the end, measuring included. */
  readonly seconds: number;
}

export interface Reproduced {
  /** What was run: a preset that has changed since has to be run again. */
  readonly link: string;
  readonly date: string;
  /** Browser, processor, cores. */
  readonly machine: string;
  readonly runs: readonly Reproduction[];
}

/** By preset, as `npm run reproduce -- --write` left it. */
export const REPRODUCED: Readonly<Record<string, Reproduced>> = results;

/** Mean and standard deviation over seeds, of `n − 1` degrees of freedom; the latter is 0 of a single one. */
export function spreadOf(
  runs: readonly Reproduction[],
  of: (run: Reproduction) => number,
): { readonly mean: number; readonly deviation: number } {
  const values = runs.map(of);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

export function baselineErrorOf(runs: readonly Reproduction[]): number | null {
  const known = runs.filter(({ baselineError }) => baselineError !== null);
  return known.length === 0 ? null : spreadOf(known, (run) => run.baselineError ?? NaN).mean;
}
