/**
 * Everything that can go wrong and be told to the user. `message` is the English sentence, `code`
 * selects it in another language (i18n key `problem.<code>`), `params` fill that in, `at` names the
 * control that caused it.
 */
export interface Problem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Where it belongs on the page: `data`, `model`, `step.<index>`, `step.<index>.<option>`, `backend`, `link`. */
  readonly at?: string;
  /** What happened, to what, and what to do. */
  readonly message: string;
  /** The problem behind this one, whose message `params.reason` quotes; without it, that may be a text by itself. */
  readonly cause?: Problem;
}

/** An error that keeps its `Problem` across the worker boundary. */
export class WhittleError extends Error {
  override readonly name = 'WhittleError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Any thrown value as a `Problem`; what is not a `WhittleError` becomes code `unexpected`. */
export function toProblem(error: unknown, at?: string): Problem {
  if (error instanceof WhittleError) {
    return at !== undefined && error.problem.at === undefined
      ? { ...error.problem, at }
      : error.problem;
  }
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    params: { detail },
    message: `Something unexpected went wrong: ${detail}. Reload the page to start over; the link keeps the experiment.`,
    ...(at === undefined ? {} : { at }),
  };
}
