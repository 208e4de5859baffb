import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { prepareData } from '../../scripts/prepare-data.mjs';

const PUBLIC = fileURLToPath(new URL('../../public/', import.meta.url));

/** How a request is answered: by the bytes given back (the file's, or others), or by an error status. */
export type Answer = (
  file: string,
  content: () => Promise<Uint8Array>,
) => Promise<Uint8Array | number>;

/** A server on this machine that gives out the prepared data, for tests: each sets what goes wrong. */
export interface DataServer {
  /** What a page would pass to `openDataset`. */
  readonly baseUrl: string;
  /** Requested files, `mnist/train-00`, in the order of arrival. */
  readonly requests: readonly string[];
  /** Most requests that were open at the same time. */
  readonly mostAtOnce: number;
  answer: Answer;
  close(): Promise<void>;
}

/** Prepares the data where that has not been done, and serves them on a free port. */
export async function serveData(): Promise<DataServer> {
  await prepareData({ log: () => undefined });
  const requests: string[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const respond = async (path: string, response: ServerResponse) => {
    // The checksum in the name is of no interest to a test: `/data/mnist/train-00.1a2b3c4d.bin`.
    const file = /^\/data\/(.+?)(\.[0-9a-f]{8}\.bin|\.json)$/.exec(path)?.[1] ?? path;
    requests.push(file);
    mostAtOnce = Math.max(mostAtOnce, ++open);
    const answer = await server.answer(file, () => readFile(PUBLIC + path)).catch(() => 404);
    open--;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200).end(answer);
  };
  const listener = createServer((request, response) => {
    void respond(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const server: DataServer = {
    baseUrl: `http://127.0.0.1:${String(port)}/`,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    answer: (_file, content) => content(),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve();
        });
        listener.closeAllConnections();
      }),
  };
  return server;
}
