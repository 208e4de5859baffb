/** More threads share a step's work no better: they wait for each other. */
const MOST_THREADS = 8;

/**
 * As many threads as asked for, on a page that may have them; else one for every two logical cores, which
 * mostly share one core's arithmetic.
 */
export function usefulThreads(asked: number | undefined): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.min(
    MOST_THREADS,
    asked ?? Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)),
  );
}
