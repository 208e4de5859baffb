import { fetchBytes } from '../data/fetch-bytes';
import { pretrained } from '../experiment/pretrained';
import { WhittleError } from '../experiment/problem';

/** The file of a network that comes with the page; null where none has that id. */
export type Bundled = (id: string) => Promise<Uint8Array | null>;

/** @param baseUrl the page's folder, absolute */
export function bundledAt(baseUrl: string): Bundled {
  return async (id) => {
    const found = pretrained(id);
    if (found === undefined) return null;
    const url = `${baseUrl.replace(/\/?$/, '/')}pretrained/${id}.whittle`;
    try {
      return await fetchBytes(url, found.bytes, () => undefined);
    } catch (error) {
      throw notArrived(id, error instanceof Error ? error.message : String(error));
    }
  };
}

function notArrived(file: string, detail: string): WhittleError {
  return new WhittleError({
    code: 'bundledNotArrived',
    params: { file, detail },
    at: 'file',
    message: `The network ${file} that comes with Whittle could not be loaded: ${detail}. Check the connection and press Play again.`,
  });
}
