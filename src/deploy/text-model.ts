import { badFile } from './bad-file';
import { MixedModel } from './bit-models';
import type { BitCoder } from './range-coder';

/** What the model has read before the first header, so that a usual one takes only a few bytes. */
const READ_BEFORE = [
  '{"task":"regression","input":[2],"layers":"dense-8-tanh,dense-1-none"}',
  '{"task":"classification","input":[28,28,1],"layers":"conv-20-k5-same,maxpool-2,conv-50-k5,avgpool-2,batchnorm,dropout-0.5,flatten,dense-500,dense-10-none"}',
  '{"task":"classification","input":[28,28,1],"layers":"flatten,dense-300,dense-100,dense-10-none"}',
] as const;

/** Of ASCII. */
const CHARACTER_BITS = 7;
const NODES = 2 ** CHARACTER_BITS;
/** Two or three characters before are told apart up to so many. */
const HISTORIES = 1024;
const FACTOR = 37;

/** Gives back what it is given: a model that is run with it learns, and nothing is written. */
const NOWHERE: BitCoder = { bit: (_p, bit) => bit, raw: (value) => value };

/** Made once, when it is first needed. */
let primed: MixedModel | null = null;

function primedModel(): MixedModel {
  if (primed === null) {
    const contexts = [NODES * NODES, HISTORIES * NODES, HISTORIES * NODES] as const;
    primed = MixedModel.fresh(contexts, CHARACTER_BITS);
    for (const each of READ_BEFORE) codeOne(NOWHERE, primed, each, each.length);
  }
  return primed.copy();
}

/**
 * A text of ASCII characters, each foretold by the one, two and three before it, with a 0 behind its end.
 * @throws WhittleError `badWhittleFile` where it is longer than `most`
 */
export function codeText(coder: BitCoder, text: string, most: number): string {
  return codeOne(coder, primedModel(), text, most);
}

function codeOne(coder: BitCoder, model: MixedModel, text: string, most: number): string {
  const characters: number[] = [];
  let [before, second, third] = [0, 0, 0];
  for (let at = 0; ; at++) {
    const a = before * NODES;
    const b = ((before + FACTOR * second) % HISTORIES) * NODES;
    const c = ((before + FACTOR * second + FACTOR ** 2 * third) % HISTORIES) * NODES;
    const character = at < text.length ? text.charCodeAt(at) : 0;
    let node = 1;
    for (let level = 0; level < CHARACTER_BITS; level++) {
      const bit = (character >> (CHARACTER_BITS - 1 - level)) & 1;
      node = 2 * node + model.code(coder, level, a + node, b + node, c + node, bit);
    }
    const coded = node - NODES;
    if (coded === 0) return String.fromCharCode(...characters);
    if (at === most) throw badFile('a text is too long');
    characters.push(coded);
    [before, second, third] = [coded, before, second];
  }
}
