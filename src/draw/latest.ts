/** Waits for one thing at a time: what was waited for before comes too late. */
export function createLatest() {
  let turn = 0;
  return {
    /** Exactly one of the two is called, unless something newer, or `stop`, came first. */
    wait: <Result>(
      work: Promise<Result>,
      done: (result: Result) => void,
      failed: () => void,
    ): void => {
      const mine = ++turn;
      work.then(
        (result) => {
          if (mine === turn) done(result);
        },
        () => {
          if (mine === turn) failed();
        },
      );
    },
    stop: (): void => {
      turn++;
    },
  };
}
