import { describe, expect, it, test } from 'vitest';
import type { HistoryPoint, Variant, VariantRole } from '../experiment/report';
import { defaultChoice, mergeHistory, mergeVariant, upToStep } from './results';
import { toCsv } from './csv';
import { readRequest } from './api';
import { variantAt } from './details';

const point = (iteration: number, step = 0): HistoryPoint => ({
  step,
  iteration,
  epoch: 0,
  trainLoss: 1,
  learningRate: 0.001,
  elapsedMs: 0,
});

const variant = (id: string, step: number, role: VariantRole, label = id): Variant => ({
  id,
  step,
  label,
  role,
  compressions: [],
  metrics: { examples: 10, loss: 0.5, accuracy: 0.9 },
  size: { parameters: 10, nonzero: 9, float32Bytes: 40, packedBytes: 30 },
  latency: [
    { runtime: 'wasm', threads: 1, batch: 1, medianMs: 2, p95Ms: 3, runs: 50, vsBaseline: 1 },
  ],
  multiplyAdds: { dense: 10, effective: 9 },
  trainingMs: 5,
});

test('of the variants the baseline and the last that the recipe led to say most', () => {
  const all = [variant('s0', 0, 'baseline'), variant('s1', 1, 'combined')];
  const alone = variant('s1-alone', 1, 'reshaped');
  expect(defaultChoice([...all, alone])).toEqual(['s0', 's1']);
  expect(defaultChoice([...all, alone, variant('s2', 2, 'reshaped')])).toEqual(['s0', 's2']);
});

describe('results as they arrive', () => {
  it('a step that is run again replaces its points', () => {
    const before = [point(1), point(2), point(3)];
    expect(mergeHistory(before, [point(2), point(3), point(4)]).map((p) => p.iteration)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(mergeHistory(before, [])).toBe(before);
  });

  it('a variant takes the place of the one of its id, in the order of the recipe', () => {
    const merged = mergeVariant(
      [variant('s0', 0, 'baseline'), variant('s3', 3, 'combined')],
      variant('s1', 1, 'pruned'),
    );
    expect(merged.map(({ id }) => id)).toEqual(['s0', 's1', 's3']);
    expect(mergeVariant(merged, variant('s1', 1, 'pruned', 'new'))).toHaveLength(3);
  });

  it('an edit behind a step keeps what is up to it', () => {
    const kept = upToStep(
      {
        variants: [variant('s0', 0, 'baseline'), variant('s1', 1, 'pruned')],
        history: [point(1), point(2, 1)],
      },
      0,
    );
    expect(kept.variants.map(({ id }) => id)).toEqual(['s0']);
    expect(kept.history).toHaveLength(1);
  });

  it('the pair shown first is the baseline and what all steps together made of it', () => {
    const all = [
      variant('s0', 0, 'baseline'),
      variant('s1', 1, 'pruned'),
      variant('s3', 3, 'combined'),
      variant('s3-alone', 3, 'quantized'),
    ];
    expect(defaultChoice(all)).toEqual(['s0', 's3']);
    expect(defaultChoice(all.slice(0, 2))).toEqual(['s0', 's1']);
    expect(defaultChoice(all.slice(0, 1))).toBeNull();
  });

  it('an id names a step, alone or not, and nothing else', () => {
    const experiment = { dataset: 'mnist', model: 'lenet-5', seed: 1, recipe: [] };
    expect(variantAt(experiment, 's3')).toEqual({ experiment, step: 3 });
    expect(variantAt(experiment, 's3-alone')).toEqual({ experiment, step: 3, alone: true });
    expect(variantAt(experiment, 's-1')).toBeNull();
    expect(variantAt(experiment, 'x')).toBeNull();
  });
});

describe('the table as a file', () => {
  it('has a line a variant, quotes what needs it, and leaves empty what was not measured', () => {
    const lines = toCsv([variant('s0', 0, 'baseline', 'Pruned, "90 %"')]).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('"Pruned, ""90 %"""');
    const names = lines[0]?.split(',') ?? [];
    expect(names.indexOf('wasm batch 1 median ms')).toBeGreaterThan(0);
    expect(lines[1]?.includes(',,')).toBe(true);
  });
});

describe('messages of an embedding page', () => {
  it('are read when they ask for a run or a file', () => {
    expect(readRequest({ whittle: 'run', id: 1, link: '#v=1' })).toEqual({
      whittle: 'run',
      id: 1,
      link: '#v=1',
    });
    expect(
      readRequest({ whittle: 'export', id: 'a', variant: 's0', format: 'whittle' }),
    ).not.toBeNull();
  });

  it('are ignored when they are anything else', () => {
    for (const message of [
      null,
      'run',
      7,
      {},
      { whittle: 'run', id: {}, link: '#' },
      { whittle: 'run', id: 1, link: 2 },
      { whittle: 'export', id: 1, variant: 's0', format: 'exe' },
      { whittle: 'eval', id: 1, link: '#' },
    ]) {
      expect(readRequest(message)).toBeNull();
    }
  });
});
