import { beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../experiment/dataset';
import { startMachine } from './plan/machine';
import { openPlan, planGradients, startPlan } from './plan/plan-trainer';
import { nodeEngine } from './testing/engines';
import { batchOf, networkOf, PLAIN, sketch, taught } from './testing/networks';
import type { Engine, Network, Objective } from './trainer';

const CLASSES = 4;
const architecture = sketch(
  [3],
  [
    { type: 'dense', units: 6, activation: 'tanh' },
    { type: 'dense', units: CLASSES },
  ],
);
const student = networkOf(architecture, 1);
const examples = batchOf(architecture, 9, 2);

type Asked = Pick<Engine, 'gradients' | 'open' | 'train'>;
const engines: Record<string, Asked> = {};
beforeAll(async () => {
  engines['TensorFlow.js'] = await nodeEngine('cpu');
  const machine = await startMachine(1);
  if (machine === null) throw new Error('This machine has no WebAssembly with SIMD.');
  engines['the plan'] = {
    gradients: (...args) => Promise.resolve(planGradients(machine, ...args)),
    open: (network) => Promise.resolve(openPlan(machine, network)),
    train: (...args) => Promise.resolve(startPlan(machine, ...args)),
  };
});

function objective(temperature: number, weight: number): Objective {
  return { ...PLAIN, distillation: { temperature, weight } };
}

async function logitsOf(engine: Asked, network: Network, batch: Batch): Promise<Float32Array> {
  const trainer = await engine.open(network);
  const logits = await trainer.predict(batch);
  trainer.dispose();
  return logits;
}

/** Softmax at a temperature, in double precision. */
function softmax(logits: readonly number[], temperature: number): number[] {
  const powers = logits.map((logit) => Math.exp(logit / temperature));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}

/** A network that is its bias alone: its logits are those numbers, and their gradient the bias's. */
function saying(logits: readonly number[]): Network {
  const bare = sketch([1], [{ type: 'dense', units: logits.length }]);
  return {
    architecture: bare,
    masks: {},
    parameters: {
      'dense1.kernel': {
        ...{ role: 'kernel', shape: [1, logits.length] },
        values: new Float32Array(logits.length),
      },
      'dense1.bias': { role: 'bias', shape: [logits.length], values: Float32Array.from(logits) },
    },
  };
}

describe.each(['TensorFlow.js', 'the plan'])('on %s', (name) => {
  const engine = () => engines[name]!;

  test('the loss is T² times the divergence, and its gradient T times the difference of the two', async () => {
    const [given, wanted] = [
      [1, -2, 0.5],
      [3, 0, -1],
    ];
    for (const temperature of [1, 4, 20]) {
      const [p, q] = [softmax(given, temperature), softmax(wanted, temperature)];
      const divergence = q.reduce((sum, each, i) => sum + each * Math.log(each / (p[i] ?? 1)), 0);
      const batch = {
        ...{ count: 1, inputs: Float32Array.of(1), labels: Int32Array.of(0) },
        ...{ targets: new Float32Array(), teacher: Float32Array.from(wanted) },
      };
      const { loss, gradients } = await engine().gradients(
        saying(given),
        objective(temperature, 1),
        batch,
      );
      expect(loss).toBeCloseTo(temperature ** 2 * divergence, 4);
      p.forEach((each, i) => {
        const slope = temperature * (each - (q[i] ?? 0));
        expect(gradients['dense1.bias']?.[i]).toBeCloseTo(slope, 4);
      });
      // A weight below one leaves the labels the rest: −ln p and p − one-hot at the temperature 1.
      const mixed = await engine().gradients(saying(given), objective(temperature, 0.7), batch);
      const plain = softmax(given, 1);
      const ofLabels = -Math.log(plain[0] ?? NaN);
      expect(mixed.loss).toBeCloseTo(0.7 * temperature ** 2 * divergence + 0.3 * ofLabels, 4);
      expect(mixed.gradients['dense1.bias']?.[0]).toBeCloseTo(
        0.7 * temperature * ((p[0] ?? 0) - (q[0] ?? 0)) + 0.3 * ((plain[0] ?? 0) - 1),
        4,
      );
    }
  });

  test('gradients are what finite differences say', async () => {
    const batch = taught(examples, CLASSES, 7);
    const what = objective(3, 0.8);
    const { gradients } = await engine().gradients(student, what, batch);
    for (const [parameter, { values, ...rest }] of Object.entries(student.parameters)) {
      for (const i of [0, values.length - 1]) {
        const lossAt = async (by: number) => {
          const moved = values.map((value, at) => (at === i ? value + by : value));
          const parameters = { ...student.parameters, [parameter]: { ...rest, values: moved } };
          return (await engine().gradients({ ...student, parameters }, what, batch)).loss;
        };
        const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
        expect(gradients[parameter]?.[i]).toBeCloseTo(slope, 3);
      }
    }
  });

  test('a teacher that says the same teaches nothing', async () => {
    const teacher = await logitsOf(engine(), student, examples);
    const batch = { ...examples, teacher };
    const { loss, gradients } = await engine().gradients(student, objective(4, 1), batch);
    expect(Math.abs(loss)).toBeLessThan(1e-6);
    for (const values of Object.values(gradients)) {
      for (const value of values) expect(Math.abs(value)).toBeLessThan(1e-6);
    }
  });

  test('at weight 0 only labels count', async () => {
    const batch = taught(examples, CLASSES, 7);
    const ours = await engine().gradients(student, objective(4, 0), batch);
    const plain = await engine().gradients(student, PLAIN, examples);
    expect(ours.loss).toBeCloseTo(plain.loss, 6);
    for (const [parameter, values] of Object.entries(plain.gradients)) {
      values.forEach((value, i) => {
        expect(ours.gradients[parameter]?.[i]).toBeCloseTo(value, 6);
      });
    }
  });

  test('logits of a thousand overflow nothing', async () => {
    const batch = {
      ...examples,
      teacher: Float32Array.from({ length: 36 }, (_, i) => 1e3 * (i % 4)),
    };
    const { loss, gradients } = await engine().gradients(student, objective(1, 1), batch);
    expect(Number.isFinite(loss)).toBe(true);
    for (const values of Object.values(gradients)) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  test('a batch without a teacher is refused', async () => {
    const trainer = await engine().train(student, objective(4, 1), null);
    const step = async () => trainer.step(examples, 0.01, 0);
    await expect(step()).rejects.toThrow(/teacher/);
    trainer.dispose();
  });

  test('the student comes to say what the teacher says', async () => {
    const teacher = await logitsOf(engine(), networkOf(architecture, 9), examples);
    const batch = { ...examples, teacher };
    const what: Objective = { ...objective(4, 1), optimizer: 'adam' };
    const trainer = await engine().train(student, what, null);
    const losses: number[] = [];
    for (let i = 0; i < 200; i++) losses.push(await trainer.step(batch, 0.02, i));
    trainer.dispose();
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 50);
  });
});
