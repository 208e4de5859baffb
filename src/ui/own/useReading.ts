import { useEffect, useRef } from 'react';
import type { ChosenFile } from '../../worker/protocol';

/** How a reading begins, in place of the one before: nobody waits for files whose panel is closed. */
export function useReading(): () => AbortController {
  const reading = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      reading.current?.abort();
    },
    [],
  );
  return () => {
    reading.current?.abort();
    reading.current = new AbortController();
    return reading.current;
  };
}

/** Reads once what was given from elsewhere. */
export function useGiven(
  given: readonly ChosenFile[] | null,
  read: (files: readonly ChosenFile[]) => void,
): void {
  const taken = useRef<readonly ChosenFile[] | null>(null);
  // Before the effect that reads: React may run both twice, and what was given up is read again.
  useEffect(
    () => () => {
      taken.current = null;
    },
    [],
  );
  useEffect(() => {
    if (given === null || taken.current === given) return;
    taken.current = given;
    read(given);
  });
}
