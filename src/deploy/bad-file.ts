import { WhittleError, type Problem } from '../experiment/problem';

/** A file that cannot be read; `reason` says what is wrong with it, and quotes a problem that lies behind. */
export function badFile(reason: string, cause?: Problem): WhittleError {
  return new WhittleError({
    code: 'badWhittleFile',
    params: { reason },
    message: `This is not a .whittle file, or it is damaged: ${reason}. Export it again.`,
    ...(cause && { cause }),
  });
}
