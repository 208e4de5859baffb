/** What a step returns, whatever it tells on the way. */
export async function finish<Result>(
  steps: AsyncGenerator<unknown, Result, void>,
): Promise<Result> {
  for (;;) {
    const next = await steps.next();
    if (next.done === true) return next.value;
  }
}
