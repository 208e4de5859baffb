/** Calls `action` once, `ms` after the last call. */
export function debounced(action: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };
}

/** Calls `action` at once and then at most every `ms`, the last time with the newest arguments. */
export function throttled<Args extends readonly unknown[]>(
  action: (...args: Args) => void,
  ms: number,
): (...args: Args) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Args | null = null;
  const open = () => {
    timer = undefined;
    if (waiting === null) return;
    const args = waiting;
    waiting = null;
    fire(args);
  };
  const fire = (args: Args) => {
    timer = setTimeout(open, ms);
    action(...args);
  };
  return (...args) => {
    if (timer === undefined) fire(args);
    else waiting = args;
  };
}

/** Whether the error says only that somebody no longer wanted the answer. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
