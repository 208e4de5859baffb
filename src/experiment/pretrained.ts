import listed from './pretrained.json';

/** A trained network that comes with Whittle; scripts/pretrain.mjs makes it, from the page itself. */
export interface Pretrained {
  /** As the option `file` of a step that loads it: a checksum and a length. */
  readonly id: string;
  /** Its hidden layers, as an option spells them. */
  readonly network: string;
  readonly dataset: string;
  /** The experiment that it is the result of. */
  readonly link: string;
  /** On the whole test set. */
  readonly accuracy: number;
  readonly bytes: number;
}

export const PRETRAINED: readonly Pretrained[] = listed;

/** The network of that id; undefined where none comes with Whittle. */
export function pretrained(id: string): Pretrained | undefined {
  return PRETRAINED.find((each) => each.id === id);
}
