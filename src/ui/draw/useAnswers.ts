import { useEffect, useRef, useState } from 'react';
import type { Variant } from '../../experiment/report';
import { variantAt } from '../../state/details';
import { whittleSession, whittleStore } from '../../state/store';
import { newestFirst } from './newest';

/** Probabilities by the variants' ids; a variant whose network is not there has none. */
export type Answers = Readonly<Record<string, Float32Array>>;

interface Question {
  readonly picture: Float32Array;
  readonly variants: readonly Variant[];
}

/**
 * What the variants say of a picture: the newest answers that are there, and whether newer ones are on their way.
 * Pictures come faster than answers, all the more while the worker trains.
 */
export function useAnswers(
  picture: Float32Array | null,
  variants: readonly Variant[],
): { readonly answers: Answers; readonly isLate: boolean } {
  const [found, setFound] = useState<(Question & { readonly answers: Answers }) | null>(null);
  const ask = useRef<((question: Question) => void) | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    ask.current = newestFirst(async (question) => {
      const answers = await request(question, signal);
      if (!signal.aborted) setFound({ ...question, answers });
    });
    return () => {
      leaving.abort();
    };
  }, []);
  useEffect(() => {
    if (picture !== null) ask.current?.({ picture, variants });
  }, [picture, variants]);
  if (picture === null) return { answers: {}, isLate: false };
  const isLate = found?.picture !== picture || found.variants !== variants;
  return { answers: found?.answers ?? {}, isLate };
}

async function request({ picture, variants }: Question, signal: AbortSignal): Promise<Answers> {
  const { experiment } = whittleStore.getState().link;
  const places = variants.flatMap(({ id }) => {
    const at = variantAt(experiment, id);
    return at === null ? [] : [{ id, at }];
  });
  const { client } = whittleSession();
  const at = places.map((place) => place.at);
  const found = await client.request('answers', { at, inputs: picture }, { signal });
  return Object.fromEntries(
    places.flatMap(({ id }, i) => {
      const shares = found[i];
      return shares ? [[id, shares] as const] : [];
    }),
  );
}
