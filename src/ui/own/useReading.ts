import { useEffect, useRef } from 'react';

/**
 * Reads files as long as the panel is shown: those that were given from elsewhere are read once, and nobody waits
 * for files whose dialog is closed. Returns how a reading begins, in place of the one before.
 */
export function useReading(
  given: readonly File[] | null,
  read: (files: readonly File[]) => void,
): () => AbortController {
  const reading = useRef<AbortController | null>(null);
  const taken = useRef<readonly File[] | null>(null);
  // Before the effect that reads: React may run both twice, and what was given up is read again.
  useEffect(
    () => () => {
      reading.current?.abort();
      taken.current = null;
    },
    [],
  );
  useEffect(() => {
    if (given === null || taken.current === given) return;
    taken.current = given;
    read(given);
  });
  return () => {
    reading.current?.abort();
    reading.current = new AbortController();
    return reading.current;
  };
}
