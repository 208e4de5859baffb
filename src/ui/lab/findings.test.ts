import { describe, expect, it } from 'vitest';
import { labOptionsSchema } from '../../lab/options';
import type { Outcome, Track } from '../../lab/results';
import { en } from '../../i18n/en';
import { findingsOf } from './findings';

const options = labOptionsSchema.parse({});

function track(optimizer: Track['optimizer'], outcome: Outcome, losses = [4, 1]): Track {
  return {
    ...{ optimizer, outcome, learningRate: 0.5, closedForm: null },
    path: new Float32Array(2 * losses.length),
    losses: Float64Array.from(losses),
    curvatures: new Float64Array(losses.length),
    distances: Float64Array.from(losses, Math.sqrt),
  };
}

const said = (tracks: readonly Track[], noise = 0) =>
  findingsOf({ dimension: 2, tracks }, { ...options, noise });

const DIVERGED: Omit<Extract<Outcome, { kind: 'diverged' }>, 'limit'> = {
  ...{ kind: 'diverged', step: 9, onset: 1, curvature: 8, curvedAt: 0 },
};

describe('a race in words', () => {
  it('gives the reason of a divergence: a rate above the largest stable one', () => {
    expect(said([track('momentum', { ...DIVERGED, limit: 0.4 })])).toEqual([
      {
        ...{ key: 'diverged', optimizer: 'momentum', tone: 'bad' },
        numbers: {
          ...{ step: 9, onset: 1, curvature: 8, curvedAt: 0 },
          ...{ rate: 0.5, limit: 0.4, plain: 0.25 },
        },
      },
    ]);
  });

  it('says where the curvature does not explain it', () => {
    expect(said([track('sgd', { ...DIVERGED, limit: 0.6 })])[0]?.key).toBe('divergedBelow');
    expect(said([track('adam', { ...DIVERGED, limit: null })])[0]?.key).toBe('divergedAdaptive');
  });

  it('names who arrives first, and how far behind the next one is', () => {
    const tracks = [
      track('sgd', { kind: 'converged', step: 40 }, [4, 0]),
      track('adam', { kind: 'converged', step: 12 }, [4, 0]),
      track('lion', { kind: 'moving' }),
    ];
    expect(said(tracks)).toEqual([
      { key: 'first', optimizer: 'adam', numbers: { step: 12, next: 40, count: 2 }, tone: 'good' },
    ]);
    expect(said(tracks.slice(1))[0]?.key).toBe('arrived');
  });

  it('says of who rests beside the minimum how far away it is', () => {
    // The stand-in is as far away as the root of its loss.
    const [, beside] = said([track('sgd', { kind: 'converged', step: 1 }, [9, 4])]);
    expect(beside).toEqual({
      ...{ key: 'otherValley', optimizer: 'sgd', numbers: { distance: 2 }, tone: 'plain' },
    });
  });

  it('where nobody arrives names the lowest, and noise as what keeps it moving', () => {
    const tracks = [
      track('sgd', { kind: 'moving' }, [4, 3]),
      track('adam', { kind: 'moving' }, [4, 0.25]),
    ];
    expect(said(tracks)).toEqual([
      {
        ...{ key: 'closest', optimizer: 'adam', tone: 'plain' },
        numbers: { loss: 0.25, distance: 0.5, steps: 1 },
      },
    ]);
    expect(said(tracks, 0.1)[0]?.key).toBe('closestNoisy');
  });

  it('has a sentence for whatever it finds, with those numbers', () => {
    const outcomes: readonly Outcome[] = [
      { ...DIVERGED, limit: 0.1 },
      { ...DIVERGED, limit: 1 },
      { ...DIVERGED, limit: null },
      { kind: 'unbounded', step: 3 },
      { kind: 'lost', step: 3 },
      { kind: 'saddle', step: 3 },
      { kind: 'flat', step: 3 },
      { kind: 'converged', step: 3 },
      { kind: 'moving' },
    ];
    const sentences: Readonly<Record<string, string>> = en.lab.finding;
    for (const finding of outcomes.flatMap((outcome) => said([track('sgd', outcome)]))) {
      const gaps = [...(sentences[finding.key] ?? '').matchAll(/\{\{(\w+)\}\}/g)];
      expect(gaps.length).toBeGreaterThan(1);
      for (const [, name = ''] of gaps) {
        expect(['name', ...Object.keys(finding.numbers)]).toContain(name);
      }
    }
  });
});
