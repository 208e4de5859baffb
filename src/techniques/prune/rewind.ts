import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { initialParameters } from '../../experiment/parameters';
import { WhittleError } from '../../experiment/problem';
import { randomFrom } from '../../experiment/random';

/**
 * The pruned network with its weights as they were in an earlier one (Frankle & Carbin 2019; Frankle et al.
 * 2020). Masks stay; the optimizer's memory and quantizers belong to what was.
 * @throws WhittleError `rewindOtherShape` where units were removed or layers replaced in between.
 */
export function rewound(pruned: Checkpoint, past: Checkpoint): Checkpoint {
  return withWeights(pruned, past.parameters);
}

/** The pruned network with weights drawn anew: what a winning ticket has to beat. */
export function drawnAnew(pruned: Checkpoint): Checkpoint {
  const random = randomFrom(pruned.random);
  const drawn = initialParameters(pruned.architecture, random);
  return { ...withWeights(pruned, drawn), random: random.state() };
}

function withWeights(
  { parameters, masks, ...rest }: Checkpoint,
  others: Readonly<Record<string, Parameter>>,
): Checkpoint {
  const replaced = Object.entries(parameters).map(([name, parameter]) => {
    const other = others[name];
    if (other?.shape.join() !== parameter.shape.join()) {
      throw otherShape(name);
    }
    const mask = masks[name];
    const values = other.values.map((value, i) => (mask?.[i] === 0 ? 0 : value));
    return [name, { ...parameter, values }] as const;
  });
  return {
    ...rest,
    masks,
    parameters: Object.fromEntries(replaced),
    quantizers: {},
    optimizer: null,
  };
}

function otherShape(tensor: string): WhittleError {
  return new WhittleError({
    code: 'rewindOtherShape',
    params: { tensor },
    at: 'rewind',
    message: `The weights of ${tensor} cannot go back: the network has had other units or layers since. Remove or replace them after rewinding, or do not rewind.`,
  });
}
