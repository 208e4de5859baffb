import { toProblem } from '../experiment/problem';
import type { FromWorker, RequestName, Requests, ToWorker } from './protocol';
import { isAbort } from './pace';

/** The end of a line to another thread. */
export interface Line<Incoming> {
  addEventListener(type: 'message', listener: (event: { readonly data: Incoming }) => void): void;
  postMessage(message: unknown): void;
}

/** What a handler knows of the call beside its arguments. */
export interface Call {
  /** Number of the request, which its events name. */
  readonly id: number;
  readonly signal: AbortSignal;
}

export type Handlers = {
  readonly [Name in RequestName]: (
    args: Requests[Name]['args'],
    call: Call,
  ) => Promise<Requests[Name]['result']>;
};

type Request<Name extends RequestName = RequestName> = {
  readonly [Each in Name]: {
    readonly id: number;
    readonly name: Each;
    readonly args: Requests[Each]['args'];
  };
}[Name];

/**
 * Answers requests by the handlers that `start` makes: each with a result, a problem, or that it was
 * aborted. The first message says where the page lies; handlers exist from then on.
 */
export function serve(line: Line<ToWorker>, start: (baseUrl: string) => Handlers): void {
  const calls = new Map<number, AbortController>();
  let handlers: Handlers | null = null;
  const answer = (message: FromWorker) => {
    line.postMessage(message);
  };

  async function handle(request: Request, using: Handlers): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    calls.set(id, controller);
    try {
      answer({ id, result: await call(using, request, { id, signal: controller.signal }) });
    } catch (error) {
      answer(isAbort(error) ? { id, aborted: true } : { id, problem: toProblem(error) });
    } finally {
      calls.delete(id);
    }
  }

  line.addEventListener('message', ({ data }) => {
    if (data.name === 'start') handlers = start(data.baseUrl);
    else if (data.name === 'abort')
      calls.get(data.id)?.abort(new DOMException('Stopped.', 'AbortError'));
    else if (handlers !== null) void handle(data, handlers);
  });
}

function call<Name extends RequestName>(
  handlers: Handlers,
  { name, args }: Request<Name>,
  context: Call,
): Promise<Requests[Name]['result']> {
  return handlers[name](args, context);
}
