import type { Architecture, Layer } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import { initialParameters, layerParameters } from '../../experiment/parameters';
import type { Random } from '../../experiment/random';
import { withoutGrids } from '../float-activations';

/** The layers that have weights, in order; the last of them is the head. */
export function weightLayers({ layers }: Pick<Architecture, 'layers'>): readonly Layer[] {
  return layers.filter(({ type }) => type === 'dense' || type === 'conv');
}

/** The network with as many outputs as a task has, its activations rounded no more. */
export function withHead(
  architecture: Architecture,
  { task, outputs }: Pick<Architecture, 'task' | 'outputs'>,
): Architecture {
  const { layers, ...rest } = withoutGrids(architecture);
  const head = layers.at(-1);
  if (head?.type !== 'dense') throw new RangeError('A network ends in a dense layer.');
  const fitting = { ...head, units: outputs, output: [outputs] };
  return { ...rest, task, outputs, layers: [...layers.slice(0, -1), fitting] };
}

/** The network with a head for another task, drawn anew; what lies below it stays, masks and all. */
export function newHead(
  checkpoint: Checkpoint,
  task: Pick<Architecture, 'task' | 'outputs'>,
  random: Random,
): Checkpoint {
  const architecture = withHead(checkpoint.architecture, task);
  const head = architecture.layers.slice(-1);
  const drawn = initialParameters({ layers: head }, random);
  const isOfHead = (name: string) => name in drawn;
  const kept = Object.entries(checkpoint.masks).filter(([name]) => !isOfHead(name));
  return {
    ...checkpoint,
    architecture,
    parameters: { ...checkpoint.parameters, ...drawn },
    masks: Object.fromEntries(kept),
    // Training leaves the levels.
    quantizers: {},
    optimizer: null,
    random: random.state(),
  };
}

/** The same layers, nothing of them learned yet. */
export function drawnAnew(checkpoint: Checkpoint, random: Random): Checkpoint {
  const parameters = initialParameters(checkpoint.architecture, random);
  return { ...checkpoint, parameters, masks: {}, quantizers: {}, random: random.state() };
}

/** What a network of the new task does with the old one: its layers, below the head that was there before. */
export function withOldHead(now: Checkpoint, before: Checkpoint): Checkpoint {
  const architecture = withoutGrids(before.architecture);
  const head = architecture.layers.at(-1);
  const names = head === undefined ? [] : layerParameters(head).map(({ name }) => name);
  const old = Object.entries(before.parameters).filter(([name]) => names.includes(name));
  return {
    ...now,
    architecture,
    parameters: { ...now.parameters, ...Object.fromEntries(old) },
    masks: before.masks,
  };
}
