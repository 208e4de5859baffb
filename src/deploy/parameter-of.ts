import type { Checkpoint, Parameter } from '../experiment/checkpoint';

/** A parameter that the network's architecture says it has. */
export function parameterOf(
  { parameters }: Pick<Checkpoint, 'parameters'>,
  name: string,
): Parameter {
  const parameter = parameters[name];
  if (parameter === undefined) throw new Error(`The network has no parameter ${name}.`);
  return parameter;
}
