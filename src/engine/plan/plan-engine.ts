import type { BackendOptions } from '../backend/backend';
import { usefulThreads } from '../threads';
import type { Engine } from '../trainer';
import { startMachine, type Machine } from './machine';
import { openPlan, planGradients, startPlan } from './plan-trainer';
import { startPlanUpdater } from './plan-updater';
import type { Updaters } from '../updater';

/** One machine for the whole thread, which all its engines share. */
let starting: Promise<Machine | null> | null = null;

/** The engine that runs compiled plans; null where this browser has no WebAssembly with SIMD. */
export async function createPlanEngine({ threads }: BackendOptions): Promise<Engine | null> {
  const machine = await theMachine(threads);
  if (machine === null) return null;
  return {
    backend: 'wasm',
    runtime: 'whittle-wasm',
    threads: machine.threads,
    ahead: 1,
    open: (network) => Promise.resolve(openPlan(machine, network)),
    train: (network, objective, optimizer) =>
      Promise.resolve(startPlan(machine, network, objective, optimizer)),
    gradients: (network, objective, batch) =>
      Promise.resolve(planGradients(machine, network, objective, batch)),
    tensorCount: () => machine.blocks,
    lost: new Promise(() => undefined),
  };
}

/** Optimizers without a network, on the same machine; null as above. */
export async function createPlanUpdaters({ threads }: BackendOptions): Promise<Updaters | null> {
  const machine = await theMachine(threads);
  return machine && ((start, objective) => startPlanUpdater(machine, start, objective));
}

function theMachine(threads: number | undefined): Promise<Machine | null> {
  return (starting ??= startMachine(usefulThreads(threads)));
}
