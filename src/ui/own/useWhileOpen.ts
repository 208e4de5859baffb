import { useCallback, useEffect, useRef } from 'react';

/** A signal for work that nobody waits for once what asked for it is closed. */
export function useWhileOpen(): () => AbortSignal {
  const open = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      open.current?.abort();
      // React may run effects twice: what comes back is open again.
      open.current = null;
    },
    [],
  );
  return useCallback(() => (open.current ??= new AbortController()).signal, []);
}
