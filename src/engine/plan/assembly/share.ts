/**
 * How threads share the work of one operation and wait for each other at its end. Every part of a
 * result is computed by one thread in one order, so results do not depend on the number of threads.
 */

/** First of the parts that `thread` does of `count`. */
export function firstOf(count: i32, thread: i32, threads: i32): i32 {
  return <i32>((<i64>count * thread) / threads);
}

/** Looks at the other threads so often before it sleeps: some microseconds. */
const SPINS = 4000;

/** Waits until all threads are here. `at` holds how many have come, and how often all have. */
export function barrier(at: usize, threads: i32): void {
  const round = atomic.load<i32>(at, 4);
  if (atomic.add<i32>(at, 1) == threads - 1) {
    atomic.store<i32>(at, 0);
    atomic.add<i32>(at, 1, 4);
    atomic.notify(at + 4, -1);
    return;
  }
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(at, 4) != round) return;
  while (atomic.load<i32>(at, 4) == round) atomic.wait<i32>(at + 4, round, -1);
}
