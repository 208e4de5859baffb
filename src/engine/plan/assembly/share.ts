/**
 * How threads share the work of one operation and wait for each other at its end. Every part of a
 * result is computed by one thread in one order, so results do not depend on the number of threads.
 */

/** First of the parts that `thread` does of `count`. */
export function firstOf(count: i32, thread: i32, threads: i32): i32 {
  return <i32>((<i64>count * thread) / threads);
}

/**
 * So often a thread looks before it sleeps, since to be woken takes longer than most operations: some 0.1
 * milliseconds at the end of one, and at the end of a plan as long as it takes to put a batch together.
 */
const SPINS = 20_000;
const SPINS_BETWEEN_PLANS = 200_000;

/** Waits until all threads are here. `at` holds how many have come, and how often all have. */
export function barrier(at: usize, threads: i32): void {
  const round = atomic.load<i32>(at, 4);
  if (atomic.add<i32>(at, 1) == threads - 1) {
    atomic.store<i32>(at, 0);
    atomic.add<i32>(at, 1, 4);
    atomic.notify(at + 4, -1);
    return;
  }
  waitWhile(at + 4, round, SPINS);
}

/** Waits for a task that is not `task`. `at` holds the number of the newest. */
export function nextTask(at: usize, task: i32): i32 {
  waitWhile(at, task, SPINS_BETWEEN_PLANS);
  return atomic.load<i32>(at);
}

function waitWhile(at: usize, value: i32, spins: i32): void {
  for (let i = 0; i < spins; i++) if (atomic.load<i32>(at) != value) return;
  while (atomic.load<i32>(at) == value) atomic.wait<i32>(at, value, -1);
}
