/**
 * Asks one question at a time: while it is under way only the newest of what came meanwhile is kept, and asked
 * next. So answers keep coming during a drag, and the last one is always given.
 */
export function newestWins<Question>(
  ask: (question: Question) => Promise<void>,
): (question: Question) => void {
  let underWay = false;
  let waiting: { readonly question: Question } | null = null;
  async function askAll(question: Question): Promise<void> {
    underWay = true;
    try {
      await ask(question);
    } finally {
      underWay = false;
    }
    const next = waiting;
    waiting = null;
    if (next !== null) await askAll(next.question);
  }
  return (question) => {
    if (underWay) waiting = { question };
    else void askAll(question);
  };
}
