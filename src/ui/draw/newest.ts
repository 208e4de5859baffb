/**
 * Puts one question at a time: of those that come meanwhile the newest is next, and the others are never put.
 * What `put` rejects with concerns that question alone.
 */
export function newestFirst<Question>(put: (question: Question) => Promise<void>) {
  let isBusy = false;
  let waiting: { readonly question: Question } | null = null;

  async function go(question: Question): Promise<void> {
    isBusy = true;
    await put(question).catch(() => undefined);
    isBusy = false;
    if (waiting === null) return;
    const next = waiting.question;
    waiting = null;
    void go(next);
  }

  return (question: Question): void => {
    if (isBusy) waiting = { question };
    else void go(question);
  };
}
