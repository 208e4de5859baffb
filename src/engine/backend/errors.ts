import type { BackendId } from '../../experiment/experiment';
import { WhittleError } from '../../experiment/problem';

export function missingError(backend: BackendId, detail: string): WhittleError {
  return new WhittleError({
    code: 'backendMissing',
    params: { backend, detail },
    at: 'backend',
    message: `This browser cannot run networks on ${backend} here (${detail}). Choose another backend, or "auto".`,
  });
}

export function lostError(backend: BackendId, reason: string): WhittleError {
  return new WhittleError({
    code: 'backendLost',
    params: { backend, reason },
    at: 'backend',
    message: `The ${backend} backend was lost (${reason}). Go on from the last checkpoint on another one.`,
  });
}
