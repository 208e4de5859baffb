import type { Page } from '@playwright/test';
import type { BackendId } from '../src/experiment/experiment';
import type { Answers, Question } from './pages/engine/questions';
import { serveEnginePage } from './support/engine-page';
import { expect, test as base } from './support/fixtures';

/** The engine's check page, built once, in place of the whole page. */
const test = base.extend<object, { enginePage: string }>({
  enginePage: [
    async ({ browserName: _ }, use) => {
      const { url, close } = await serveEnginePage();
      await use(url);
      close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ enginePage }, use) => {
    await use(enginePage);
  },
});

type Trained = Answers['train'];

const GPU = ['webgpu', 'webgl'] as const satisfies readonly BackendId[];

/** The CPU's answer, which the others are compared with. */
let reference: Trained;

test.describe.configure({ mode: 'serial' });

/** Puts a question to a worker of its own. */
async function ask<Name extends keyof Answers>(
  page: Page,
  name: Name,
  where: Omit<Question, 'name'>,
): Promise<Answers[Name]> {
  await page.goto('/');
  const question = JSON.stringify({ name, ...where });
  // As text: what Playwright makes of a generic argument's type is not what `ask` takes.
  return page.evaluate((text) => window.ask(JSON.parse(text) as Question<Name>), question);
}

/** Distance of two vectors relative to the second's length. */
function difference(values: readonly number[], wanted: readonly number[]): number {
  const apart = values.map((value, i) => value - (wanted[i] ?? NaN));
  return Math.hypot(...apart) / Math.hypot(...wanted);
}

function expectAgreement({ gradients, losses, tensors }: Trained): void {
  expect(Object.keys(gradients)).toEqual(Object.keys(reference.gradients));
  for (const [name, wanted] of Object.entries(reference.gradients)) {
    expect(difference(gradients[name] ?? [], wanted), name).toBeLessThan(1e-3);
  }
  expect(difference(losses, reference.losses)).toBeLessThan(1e-3);
  expect(new Set(tensors).size, `tensors alive: ${tensors.join(', ')}`).toBe(1);
}

test('the CPU trains the same twice, bit for bit', async ({ page }) => {
  reference = await ask(page, 'train', { backend: 'cpu' });
  expect(reference.losses.every(Number.isFinite)).toBe(true);
  expect(await ask(page, 'train', { backend: 'cpu' })).toEqual(reference);
});

for (const plan of [true, false]) {
  const how = plan ? 'by a compiled plan' : 'on TensorFlow.js alone';
  test(`WASM trains ${how} as the CPU does, and bit for bit the same with one thread and with two`, async ({
    page,
  }) => {
    const one = await ask(page, 'train', { backend: 'wasm', threads: 1, plan });
    const two = await ask(page, 'train', { backend: 'wasm', threads: 2, plan });
    expect([one.threads, two.threads]).toEqual([1, 2]);
    expectAgreement(one);
    expect(two).toEqual({ ...one, threads: 2 });
    expect(await ask(page, 'train', { backend: 'wasm', threads: 2, plan })).toEqual(two);
  });
}

test('WASM trains LeNet-5 bit for bit the same with one, two and three threads', async ({
  page,
}) => {
  const [one, two, three] = [
    await ask(page, 'lenet', { backend: 'wasm', threads: 1 }),
    await ask(page, 'lenet', { backend: 'wasm', threads: 2 }),
    await ask(page, 'lenet', { backend: 'wasm', threads: 3 }),
  ];
  expect(two).toEqual({ ...one, threads: 2 });
  expect(three).toEqual({ ...one, threads: 3 });
});

test('a WebGPU plan computes what TensorFlow.js does on the CPU, whatever the network and the optimizer', async ({
  page,
}) => {
  // A software adapter compiles hundreds of shaders for it.
  test.setTimeout(180_000);
  const { networks, failure } = await ask(page, 'agree', { backend: 'webgpu' });
  expect(failure).toBeNull();
  expect(networks).toBe(24);
});

test('an iteration of LeNet-300-100 is a dozen WebGPU dispatches, sends a few bytes, and waits for no read-back', async ({
  page,
}) => {
  const traffic = await ask(page, 'traffic', { backend: 'webgpu' });
  const { iterations, dispatches, reads, bytes } = traffic;
  // The three of clipping by the norm and of the penalty are among them.
  expect(dispatches / iterations).toBeLessThanOrEqual(14);
  expect(reads).toBeLessThan(iterations / 2);
  // Pictures lie on the device: what is sent are their numbers, their labels and the settings.
  expect(bytes / iterations).toBeLessThanOrEqual(256);
});

test('WebGPU trains on TensorFlow.js alone as the CPU does', async ({ page }) => {
  expectAgreement(await ask(page, 'train', { backend: 'webgpu', plan: false }));
});

for (const backend of GPU) {
  test(`${backend} trains as the CPU does`, async ({ page }) => {
    expectAgreement(await ask(page, 'train', { backend }));
  });

  test(`${backend} tells that its device is lost, and starts again`, async ({ page }) => {
    const { reason, code, again } = await ask(page, 'lose', { backend });
    expect(code).toBe('backendLost');
    expect(reason).not.toBe('');
    expect(again).toBeGreaterThan(0);
  });
}
