import type { Architecture, Shape } from '../experiment/architecture';
import { assemble, nameLayers } from '../experiment/assemble';
import { parseLayer, printLayer } from '../experiment/layer-text';
import { WhittleError, type Problem } from '../experiment/problem';

/** Of the longest names of as many layers as there may be. */
export const MAX_ARCHITECTURE_TEXT = 10_000;

/** What the text says, as JSON. */
interface Header extends Pick<Architecture, 'task'> {
  /** Shape of one example. */
  readonly input: Shape;
  /** As in a layer string; with `name:` in front where the layer is not named by type and number. */
  readonly layers: string;
}

/** Of what one example has. */
export const MAX_SIDE = 65_536;

/** By hand: no library's schema fits into the few kilobytes of the runtime, which reads files too. */
function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { task, input, layers } = value as Partial<Record<keyof Header, unknown>>;
  return (
    (task === 'classification' || task === 'regression') &&
    Array.isArray(input) &&
    input.length >= 1 &&
    input.length <= 3 &&
    input.every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE) &&
    typeof layers === 'string' &&
    layers.length <= MAX_ARCHITECTURE_TEXT
  );
}

/** What is thrown for a reason, which may quote a problem. */
type Bad = (reason: string, cause?: Problem) => WhittleError;

/** A network without its numbers as a short JSON text, which `readArchitecture` reads. */
export function printArchitecture({ task, input, layers }: Architecture): string {
  const usual = nameLayers(layers);
  const texts = layers.map((layer, index) =>
    layer.name === usual[index] ? printLayer(layer) : `${layer.name}:${printLayer(layer)}`,
  );
  return JSON.stringify({ task, input: [...input], layers: texts.join(',') } satisfies Header);
}

/**
 * The network that the text in a file describes.
 * @throws what `bad` makes of the reason, whatever the text is
 */
export function readArchitecture(text: string, bad: Bad): Architecture {
  const { task, input, layers } = parseHeader(text, bad);
  const texts = layers.split(',').map((each) => each.split(':').reverse());
  const [plans, names] = layersOf(texts, bad);
  const last = plans.at(-1);
  if (last?.type !== 'dense' || !areNames(names)) throw bad('its layers are not a network');
  return saying(bad, () => assemble({ task, input, outputs: last.units }, plans, names));
}

function parseHeader(text: string, bad: Bad): Header {
  let header: unknown = null;
  try {
    header = JSON.parse(text);
  } catch {
    // Refused below.
  }
  if (!isHeader(header)) throw bad('its header cannot be read');
  return header;
}

function layersOf(texts: readonly (readonly string[])[], bad: Bad) {
  return saying(bad, () => {
    const plans = texts.map(([text = '']) => parseLayer(text));
    const usual = nameLayers(plans);
    return [plans, texts.map(([, name], index) => name ?? usual[index] ?? '')] as const;
  });
}

/** Whether a layer can be called so: a short word. */
export function isName(name: string): boolean {
  return /^[a-z][a-z0-9]{0,31}$/i.test(name);
}

/** Whether layers can be called so, none as another. */
export function areNames(names: readonly string[]): boolean {
  return new Set(names).size === names.length && names.every(isName);
}

/** What is wrong with a network, as a reason why its file is bad. */
function saying<Result>(bad: Bad, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof WhittleError)) throw error;
    throw bad(`its network cannot be: ${error.message}`, error.problem);
  }
}
