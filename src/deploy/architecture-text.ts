import * as z from 'zod/mini';
import type { Architecture } from '../experiment/architecture';
import { assemble, nameLayers } from '../experiment/assemble';
import { parseLayer, printLayer } from '../experiment/layer-text';
import { toProblem, type WhittleError } from '../experiment/problem';

/** Of the longest names of as many layers as there may be. */
export const MAX_ARCHITECTURE_TEXT = 10_000;

const schema = z.object({
  task: z.enum(['classification', 'regression']),
  /** Shape of one example. */
  input: z
    .array(z.int().check(z.minimum(1), z.maximum(65_536)))
    .check(z.minLength(1), z.maxLength(3)),
  /** As in a layer string; with `name:` in front where the layer is not named by type and number. */
  layers: z.string().check(z.maxLength(MAX_ARCHITECTURE_TEXT)),
});

/** A network without its numbers as a short JSON text, which `readArchitecture` reads. */
export function printArchitecture({ task, input, layers }: Architecture): string {
  const usual = nameLayers(layers);
  const texts = layers.map((layer, index) =>
    layer.name === usual[index] ? printLayer(layer) : `${layer.name}:${printLayer(layer)}`,
  );
  const header: z.input<typeof schema> = { task, input: [...input], layers: texts.join(',') };
  return JSON.stringify(header);
}

/**
 * The network that the text in a file describes.
 * @throws what `bad` makes of the reason, whatever the text is
 */
export function readArchitecture(
  text: string,
  bad: (reason: string) => WhittleError,
): Architecture {
  let header: z.output<typeof schema>;
  try {
    header = schema.parse(JSON.parse(text));
  } catch {
    throw bad('its header cannot be read');
  }
  const { task, input, layers } = header;
  const texts = layers.split(',').map((each) => each.split(':').reverse());
  const [plans, names] = layersOf(texts, bad);
  const last = plans.at(-1);
  if (last?.type !== 'dense' || !areNames(names)) throw bad('its layers are not a network');
  return saying(bad, () => assemble({ task, input, outputs: last.units }, plans, names));
}

function layersOf(texts: readonly (readonly string[])[], bad: (reason: string) => WhittleError) {
  return saying(bad, () => {
    const plans = texts.map(([text = '']) => parseLayer(text));
    const usual = nameLayers(plans);
    return [plans, texts.map(([, name], index) => name ?? usual[index] ?? '')] as const;
  });
}

/** Whether layers can be called so: short words, none twice. */
export function areNames(names: readonly string[]): boolean {
  return (
    new Set(names).size === names.length &&
    names.every((name) => /^[a-z][a-z0-9]{0,31}$/i.test(name))
  );
}

/** What is wrong with a network, as a reason why its file is bad. */
function saying<Result>(bad: (reason: string) => WhittleError, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw bad(`its network cannot be: ${toProblem(error).message}`);
  }
}
