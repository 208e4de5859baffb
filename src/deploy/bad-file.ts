import { WhittleError } from '../experiment/problem';

/** A file that cannot be read; `reason` says what is wrong with it. */
export function badFile(reason: string): WhittleError {
  return new WhittleError({
    code: 'badWhittleFile',
    params: { reason },
    message: `This is not a .whittle file, or it is damaged: ${reason}. Export it again.`,
  });
}
