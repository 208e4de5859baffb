import { WhittleError, type Problem } from '../experiment/problem';
import type { ImportedFile } from '../worker/protocol';
import type { Client } from './session';

/** Larger files hold no network that trains in a tab. */
const MAX_BYTES = 200e6;

/** Gives the worker files to keep a network from. @throws WhittleError, at the step, where they hold none */
export async function importFiles(
  client: Client,
  files: readonly File[],
  step: number,
): Promise<ImportedFile> {
  const at = `step.${String(step)}.file`;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MAX_BYTES) throw tooLarge(files[0]?.name ?? '', size, at);
  const contents = await Promise.all(
    files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
  return client.request('importFile', { files: contents }).catch((error: unknown) => {
    throw error instanceof WhittleError ? refused(files[0]?.name ?? '', error.problem, at) : error;
  });
}

/** Says which file it was where the reason does not. */
function refused(name: string, cause: Problem, at: string): WhittleError {
  if (cause.params['name'] === name) return new WhittleError({ ...cause, at });
  return new WhittleError({
    code: 'fileRefused',
    params: { name, reason: cause.message },
    at,
    message: `${name} cannot be loaded. ${cause.message}`,
    cause,
  });
}

function tooLarge(name: string, bytes: number, at: string): WhittleError {
  const megabytes = Math.ceil(bytes / 1e6);
  return new WhittleError({
    code: 'fileTooLarge',
    params: { name, megabytes, most: MAX_BYTES / 1e6 },
    at,
    message: `${name} has ${String(megabytes)} MB, and at most ${String(MAX_BYTES / 1e6)} MB can be loaded. Choose a smaller network.`,
  });
}
