import { parseLink } from '../experiment/link';
import { toProblem, WhittleError } from '../experiment/problem';
import type { HistoryPoint, Report } from '../experiment/report';
import { techniqueSpecs } from '../techniques/registry';
import { EXPORT_FORMATS, isExportFormat, type ExportFormat } from '../worker/export-formats';
import type { RunStatus } from '../worker/protocol';
import { version } from '../../package.json';
import { pageAddress } from './address';
import { variantAt } from './details';
import { canonicalLink } from './session';
import type { PageStore, Session } from './session';

/** Where a run stands. */
export interface Progress {
  readonly status: RunStatus;
  /** 0-based index of the step that runs, its iterations done, and expected in all. */
  readonly step: number;
  readonly done: number;
  readonly total: number;
  /** Training iterations since initialization, over the whole recipe. */
  readonly iteration: number;
  /** The newest point of the curve; null before the first. */
  readonly point: HistoryPoint | null;
}

export interface WhittleApi {
  /**
   * Opens the link in the page, runs what is not cached of it and resolves to the report. Rejects with a
   * `WhittleError` where it cannot run, and with an `AbortError` where the signal or the user stops it.
   */
  run(
    link: string,
    options?: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<Report>;
  /**
   * The file of a variant by its id in the report: `s0`, `s3-alone`. `tfjs` is a zip of `model.json` and
   * `weights.bin`. Rejects with a `WhittleError` where a format cannot hold the network.
   */
  export(variant: string, format: ExportFormat): Promise<Uint8Array>;
  progress(): Progress;
  /** Tensors alive in the engine; the count stays the same while a step trains. */
  tensorCount(): Promise<number>;
  readonly version: string;
}

declare global {
  interface Window {
    whittle: WhittleApi;
  }
}

export { version };

export function progressOf(store: PageStore): Progress {
  const { status, cursor, history } = store.getState();
  const point = history.at(-1) ?? null;
  return { status, ...cursor, iteration: point?.iteration ?? 0, point };
}

/** The report on what the page shows now; null before anything is measured. */
export function reportOf(store: PageStore): Report | null {
  const { link, environment, variants, history } = store.getState();
  if (environment === null || variants.length === 0) return null;
  return {
    link: canonicalLink(link.experiment, link.view.backend),
    version,
    environment,
    variants,
    history,
  };
}

export function createApi(store: PageStore, session: Session): WhittleApi {
  return {
    version,
    progress: () => progressOf(store),
    tensorCount: () => session.client.request('tensorCount', {}),
    async run(link, { signal, onProgress } = {}) {
      signal?.throwIfAborted();
      const fragment = link.slice(link.indexOf('#') + 1);
      const { link: wanted, problems } = parseLink(fragment, techniqueSpecs);
      const { link: now } = store.getState();
      const same =
        canonicalLink(now.experiment, now.view.backend) ===
        canonicalLink(wanted.experiment, wanted.view.backend);
      if (!same) {
        await session.stop();
        store.getState().open({ ...wanted, view: { ...now.view, ...wanted.view } }, problems);
      }
      const unsubscribe = onProgress
        ? store.subscribe((page, before) => {
            if (page.cursor !== before.cursor || page.history !== before.history) {
              onProgress(progressOf(store));
            }
          })
        : undefined;
      const stop = () => void session.stop();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        await session.run({ single: false, resume: false });
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        unsubscribe?.();
        signal?.removeEventListener('abort', stop);
      }
      const report = reportOf(store);
      if (report === null) throw nothingMeasured();
      return report;
    },
    export(variant, format) {
      const at = variantAt(store.getState().link.experiment, variant);
      const known = store.getState().variants.some(({ id }) => id === variant);
      if (at === null || !known) return Promise.reject(unknownVariant(variant));
      if (!isExportFormat(format)) return Promise.reject(unknownFormat(format));
      return session.client.request('exportFile', { ...at, format, address: pageAddress() });
    },
  };
}

function nothingMeasured(): WhittleError {
  return new WhittleError({
    code: 'nothingMeasured',
    params: {},
    message: 'The run ended without anything measured. Add a step to the recipe and run it again.',
  });
}

function unknownVariant(variant: string): WhittleError {
  return new WhittleError({
    code: 'unknownVariant',
    params: { variant },
    message: `There is no variant "${variant}". Run the experiment and take an id from its report.`,
  });
}

function unknownFormat(format: unknown): WhittleError {
  const known = Object.keys(EXPORT_FORMATS).join(', ');
  return new WhittleError({
    code: 'unknownFormat',
    params: { format: String(format), known },
    message: `There is no file format "${String(format)}". Choose one of ${known}.`,
  });
}

/** Puts the interface where programs look for it: on the window, and behind messages of the embedding page. */
export function installApi(store: PageStore, session: Session): void {
  const api = createApi(store, session);
  window.whittle = api;
  if (window.parent !== window) answerMessages(api, window);
}

type HostRequest =
  | { readonly whittle: 'run'; readonly id: string | number; readonly link: string }
  | {
      readonly whittle: 'export';
      readonly id: string | number;
      readonly variant: string;
      readonly format: ExportFormat;
    };

/** A message as a request; null for whatever else is posted to a window. */
export function readRequest(data: unknown): HostRequest | null {
  if (typeof data !== 'object' || data === null || !('whittle' in data) || !('id' in data)) {
    return null;
  }
  const { whittle, id } = data;
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  if (whittle === 'run' && 'link' in data && typeof data.link === 'string') {
    return { whittle, id, link: data.link };
  }
  if (
    whittle === 'export' &&
    'variant' in data &&
    typeof data.variant === 'string' &&
    'format' in data &&
    isExportFormat(data.format)
  ) {
    return { whittle, id, variant: data.variant, format: data.format };
  }
  return null;
}

/**
 * Answers the page that embeds this one, and no other window, whatever its origin: the host sees only
 * results of links that it gave itself.
 */
function answerMessages(api: WhittleApi, view: Window): void {
  view.addEventListener('message', (event) => {
    if (event.source !== view.parent) return;
    const request = readRequest(event.data);
    if (request === null) return;
    const { id } = request;
    const targetOrigin = event.origin === 'null' ? '*' : event.origin;
    const reply = (message: object) => {
      view.parent.postMessage({ id, ...message }, targetOrigin);
    };
    const answer =
      request.whittle === 'run'
        ? api
            .run(request.link, {
              onProgress: (progress) => {
                reply({ whittle: 'progress', progress });
              },
            })
            .then((report) => ({ whittle: 'report', report }))
        : api.export(request.variant, request.format).then((bytes) => ({ whittle: 'file', bytes }));
    answer.then(reply, (error: unknown) => {
      reply({ whittle: 'error', problem: toProblem(error) });
    });
  });
}
