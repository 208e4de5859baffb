import type { Problem } from './problem';

/** What one layer is set to, apart from the others. */
export interface LayerSetting {
  readonly layer: string;
  readonly value: number;
}

/** The text of an option that sets layers apart: names and numbers take turns, `dense1~0.95~conv2~0.8`. */
export const LAYER_SETTINGS = /^$|^[a-z][a-z0-9]*~\d+(\.\d+)?(~[a-z][a-z0-9]*~\d+(\.\d+)?)*$/;

/** The settings that the text spells, as it spells them. */
export function layerSettings(text: string): LayerSetting[] {
  const words = text === '' ? [] : text.split('~');
  return words.flatMap((layer, i) => (i % 2 === 0 ? [{ layer, value: Number(words[i + 1]) }] : []));
}

/** What layers are set to, by name. */
export function ownValues(text: string): ReadonlyMap<string, number> {
  return new Map(layerSettings(text).map(({ layer, value }) => [layer, value]));
}

/** The text with every value changed. */
export function mapSettings(text: string, change: (setting: LayerSetting) => number): string {
  return layerSettings(text)
    .map((setting) => `${setting.layer}~${String(change(setting))}`)
    .join('~');
}

/** The text with one layer set, or with its setting taken back; in the order of the names. */
export function withSetting(text: string, layer: string, value: number | null): string {
  const others = layerSettings(text).filter((setting) => setting.layer !== layer);
  return [...others, ...(value === null ? [] : [{ layer, value }])]
    .sort((a, b) => (a.layer < b.layer ? -1 : 1))
    .map((setting) => `${setting.layer}~${String(setting.value)}`)
    .join('~');
}

/** What a layer can be set to. */
export interface SettingRange {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** What is wrong with settings of a network in which these layers can be set; null where nothing is. */
export function checkSettings(
  text: string,
  layers: readonly string[],
  range: SettingRange,
): Problem | null {
  const seen = new Set<string>();
  for (const setting of layerSettings(text)) {
    const { layer } = setting;
    if (!layers.includes(layer)) return noSuchLayer(layer, layers);
    if (seen.has(layer)) return setTwice(layer);
    if (!isWithin(setting.value, range)) return outOfRange(setting, range);
    seen.add(layer);
  }
  return null;
}

function isWithin(value: number, { min, max, integer }: SettingRange): boolean {
  return value >= min && value <= max && (!integer || Number.isInteger(value));
}

function noSuchLayer(layer: string, layers: readonly string[]): Problem {
  const known = layers.join(', ');
  return {
    code: 'noSuchLayer',
    params: { layer, known },
    at: 'layers',
    message: `The layer ${layer}, which has a setting of its own, cannot be set in this network. Take the setting back, or set one of ${known}.`,
  };
}

function setTwice(layer: string): Problem {
  return {
    code: 'layerSetTwice',
    params: { layer },
    at: 'layers',
    message: `The layer ${layer} has two settings. Take them back, and set it once.`,
  };
}

function outOfRange({ layer, value }: LayerSetting, { min, max, integer }: SettingRange): Problem {
  const number = integer ? 'whole number' : 'number';
  return {
    code: integer ? 'layerNeedsInteger' : 'layerNeedsNumber',
    params: { layer, value, min, max },
    at: 'layers',
    message: `The layer ${layer} cannot be set to ${String(value)}. Choose a ${number} from ${String(min)} to ${String(max)}, or take the setting back.`,
  };
}
