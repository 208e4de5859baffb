import { beforeAll, describe, expect, test } from 'vitest';
import { inMemoryDataset } from '../../data/in-memory';
import { createEngine } from '../../engine/engine';
import { nodeEngine } from '../../engine/testing/engines';
import { pruned, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { parseLink, printLink } from '../../experiment/link';
import { resolveModel } from '../../experiment/model';
import { randomOf } from '../../experiment/random';
import { checkRecipe } from '../check-recipe';
import { techniqueSpecs } from '../registry';
import type { RunContext } from '../run';
import { line } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { runDistill } from './run';
import { distillSpec, type DistillOptions } from './spec';
import { mixedTargets, Teacher } from './teacher';

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

const network = checkpointOf(
  sketch(
    [2],
    [
      { type: 'dense', units: 8, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ],
  ),
  3,
);

const optionsOf = (options: object): DistillOptions =>
  distillSpec.options.parse({ epochs: 2, batch: 16, ...options });

type Context = RunContext<DistillOptions>;

function contextOf(
  options: DistillOptions,
  teacher: Checkpoint,
  more: Partial<Context> = {},
): Context {
  const earlier = () => Promise.resolve(teacher);
  return { engine, dataset: line, current: () => options, earlier, ...more };
}

async function distilled(
  options: object,
  start: Checkpoint = network,
  teacher: Checkpoint = network,
  more: Partial<Context> = {},
) {
  const read = optionsOf(options);
  const run = runDistill(start, read, contextOf(read, teacher, more));
  const losses: number[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { checkpoint: next.value, losses };
    losses.push(...next.value.points.map(({ trainLoss }) => trainLoss));
  }
}

describe('a student', () => {
  test('that is its own teacher stays as it is, bit for bit', async () => {
    const plan = await createEngine('wasm', { wasmBase: '' });
    expect(plan.runtime).toBe('whittle-wasm');
    const { checkpoint, losses } = await distilled({ weight: 1 }, network, network, {
      engine: plan,
    });
    expect(losses.every((loss) => loss === 0)).toBe(true);
    expect(checkpoint.parameters).toEqual(network.parameters);
  });

  test('that is new has the layers asked for, and comes to say what the teacher says', async () => {
    const options = { student: 'mlp:6', weight: 1, epochs: 40, lr: 0.02 };
    const start = { ...network, ...pruned(network, 0.5, 1), iteration: 100, epoch: 2 };
    const { checkpoint, losses } = await distilled(options, start);
    expect(checkpoint.architecture).toEqual(resolveModel('mlp:6', line.info));
    expect([checkpoint.masks, checkpoint.quantizers]).toEqual([{}, {}]);
    expect([checkpoint.iteration, checkpoint.epoch]).toEqual([100 + losses.length, 42]);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 10);
    expect((await distilled(options, start)).checkpoint).toEqual(checkpoint);
    const other = { ...start, random: randomOf(99).state() };
    expect((await distilled(options, other)).checkpoint.parameters).not.toEqual(
      checkpoint.parameters,
    );
  });

  test('that goes on keeps what is pruned at zero', async () => {
    const sparse = { ...network, ...pruned(network, 0.5, 1) };
    const { checkpoint } = await distilled({}, sparse);
    expect(checkpoint.masks).toEqual(sparse.masks);
    for (const [name, mask] of Object.entries(sparse.masks)) {
      const values = checkpoint.parameters[name]?.values ?? [];
      mask.forEach((bit, i) => {
        if (bit === 0) expect(values[i]).toBe(0);
      });
    }
  });

  test('goes on bit for bit from a snapshot, new or not', async () => {
    for (const student of ['', 'mlp:5']) {
      const options = optionsOf({ student, epochs: 4, batch: 15 });
      const whole = await distilled(options);
      for (const stopAt of [2, 6]) {
        const run = runDistill(network, options, contextOf(options, network));
        for (let i = 1; i < stopAt; i++) await run.next();
        const then = await run.next();
        if (then.done === true) throw new Error('it ended too early');
        const { checkpoint, resume } = structuredClone(await then.value.snapshot());
        await run.return(network);
        const rest = await distilled(options, checkpoint, network, { resume });
        expect(rest.checkpoint).toEqual(whole.checkpoint);
        expect(rest.losses).toEqual(whole.losses.slice(stopAt));
      }
    }
  });

  test('leaves no tensor behind', async () => {
    const before = engine.tensorCount();
    await distilled({ student: 'mlp:4' });
    expect(engine.tensorCount()).toBe(before);
  });

  test('of numbers learns targets that lie between the teacher’s and the true ones', async () => {
    const { inputs } = await line.train.gather(Array.from({ length: 50 }, (_, i) => i));
    const targets = Float32Array.from({ length: 50 }, (_, i) => Math.sin(i));
    const table = {
      ...{ count: 50, inputs: inputs as Float32Array, labels: new Int32Array(), targets },
    };
    const info = { ...line.info, task: 'regression' as const, outputs: 1, classes: ['y'] };
    const numbers = inMemoryDataset('line', info, { train: table, validation: table, test: table });
    const regression = checkpointOf(sketch([2], [{ type: 'dense', units: 1 }], 'regression'), 4);
    const { losses } = await distilled({ weight: 1, lr: 1e-5 }, regression, regression, {
      dataset: numbers,
    });
    // Its own teacher: nothing to learn, though the targets are far.
    for (const loss of losses) expect(loss).toBeLessThan(1e-6);
    const batch = { ...table, count: 2, targets: Float32Array.of(1, 3) };
    expect(mixedTargets(0.25)(batch, Float32Array.of(5, 3)).targets).toEqual(Float32Array.of(2, 3));
  });
});

test('a teacher is asked once of each example, and answers in the order that it is asked', async () => {
  let asked = 0;
  const trainer = {
    architecture: network.architecture,
    // Says an example's first number, and one more.
    predict: ({ inputs, count }: { inputs: ArrayLike<number>; count: number }) => {
      asked += count;
      return Promise.resolve(
        Float32Array.from({ length: 2 * count }, (_, i) => (inputs[2 * (i >> 1)] ?? 0) + (i % 2)),
      );
    },
  };
  const split = new Teacher(line.train, trainer).teaching((batch, teacher) => ({
    ...batch,
    teacher,
  }));
  await split.gather([3, 1, 4]);
  const again = await split.gather([4, 3]);
  expect(asked).toBe(3);
  const [four = 0, , three = 0] = again.inputs;
  const said = [four, four + 1, three, three + 1].map((value) => Math.fround(value));
  expect(Array.from(again.teacher ?? [])).toEqual(said);
});

describe('what makes no sense', () => {
  const { info } = line;
  const problemsOf = (recipe: string) => {
    const { link, problems } = parseLink(`data=spiral&model=mlp:8&${recipe}`, techniqueSpecs);
    expect(problems).toEqual([]);
    return checkRecipe(link.experiment.recipe, resolveModel('mlp:8', info));
  };

  test('is told at the teacher: a step that is not before, or none that was trained', () => {
    expect(problemsOf('train=&distill=')).toEqual([]);
    expect(problemsOf('train=&prune=&distill=teacher:2')).toEqual([]);
    expect(problemsOf('train=&distill=teacher:2')).toMatchObject([
      { code: 'teacherNotBefore', at: 'step.1.teacher', params: { before: 1 } },
    ]);
    expect(problemsOf('prune=&distill=')).toMatchObject([
      { code: 'noTeacher', at: 'step.1.teacher' },
    ]);
    expect(problemsOf('distill=&train=')).toMatchObject([{ at: 'step.0.teacher' }]);
  });

  test('is told at the student: a network that cannot be, or not on these data', () => {
    expect(problemsOf('train=&distill=student:mlp:0')).toMatchObject([{ at: 'step.1.student' }]);
    expect(problemsOf('train=&distill=student:net:conv-4')).toMatchObject([
      { code: 'layerNeedsPicture', at: 'step.1.student' },
    ]);
  });

  test('later steps are checked on the student', () => {
    const scaled = 'prune=pattern:units,norm:scale';
    expect(problemsOf(`train=&${scaled}`)).toMatchObject([{ code: 'noBatchNorm' }]);
    expect(problemsOf(`train=&distill=student:net:dense-8~batchnorm&${scaled}`)).toEqual([]);
    expect(problemsOf('train=&distill=student:net:dense-8-none~batchnorm&fold=')).toEqual([]);
    expect(
      problemsOf(`train=&distill=student:net:dense-8-none~batchnorm&fold=&${scaled}`),
    ).toMatchObject([{ code: 'noBatchNorm', at: 'step.3.norm' }]);
  });

  test('a teacher with other outputs is refused when they meet', async () => {
    const wide = checkpointOf(sketch([2], [{ type: 'dense', units: 3 }]), 1);
    await expect(distilled({}, network, wide)).rejects.toMatchObject({
      problem: { code: 'teacherOutputs', at: 'teacher' },
    });
  });
});

test('a link spells a student with ~ in place of commas', () => {
  const text =
    'v=1&data=mnist&model=lenet-5&seed=7&train=&distill=temperature:8,student:net:conv-6-k5~maxpool-2~dense-84-tanh,teacher:1';
  const { link, problems } = parseLink(text, techniqueSpecs);
  expect(problems).toEqual([]);
  expect(printLink(link, techniqueSpecs)).toBe(text);
});
