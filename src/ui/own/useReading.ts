import { useCallback, useEffect, useRef } from 'react';
import { whittleSession } from '../../state/store';
import type { ChosenFile, DraftId } from '../../worker/protocol';

/** Something that is being read, or was and is not yet kept. */
export interface Reading {
  readonly draft: DraftId;
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

let newest: DraftId = 0;

/**
 * How a reading begins, in place of the one before, and ends: nobody waits for files whose panel is closed, and the
 * worker need not hold what nobody keeps.
 */
export function useReading(): { readonly begin: () => Reading; readonly end: () => void } {
  const reading = useRef<Reading | null>(null);
  const end = useCallback(() => {
    if (reading.current === null) return;
    const { draft, stop } = reading.current;
    reading.current = null;
    stop();
    const { client, report } = whittleSession();
    client.request('dropDraft', { draft }).catch(report);
  }, []);
  useEffect(() => end, [end]);
  const begin = useCallback(() => {
    end();
    const controller = new AbortController();
    const stop = () => {
      controller.abort();
    };
    reading.current = { draft: ++newest, signal: controller.signal, stop };
    return reading.current;
  }, [end]);
  return { begin, end };
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
