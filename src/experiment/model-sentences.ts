import { grouped } from './grouped';

/** What may be wrong with a network, and what its sentence tells of it. */
export interface ModelProblems {
  readonly unknownModel: { readonly model: string; readonly known: string };
  readonly unknownLayer: { readonly layer: string };
  readonly layerArgument: { readonly layer: string; readonly argument: string };
  readonly layerRange: {
    readonly layer: string;
    readonly argument: Ranged;
    readonly min: number;
    readonly max: number;
  };
  readonly layerMissing: { readonly number: number };
  readonly lastLayerMissing: object;
  readonly layerTooLarge: { readonly layer: string; readonly size: number; readonly shape: string };
  readonly layerNeedsPicture: { readonly layer: string; readonly shape: string };
  readonly layerTooWide: { readonly layer: string; readonly numbers: number; readonly max: number };
  readonly tooLongModel: Excess;
  readonly tooManyLayers: Excess;
  readonly tooManyParameters: Excess;
  readonly tooManyMultiplyAdds: Excess;
}

interface Excess {
  readonly count: number;
  readonly max: number;
}

/** What an argument of a layer has to be, given its range in words. */
const RANGED = {
  units: (range: string) => `${range} units`,
  filters: (range: string) => `${range} filters`,
  kernel: (range: string) => `a kernel ${range}`,
  size: (range: string) => `a size ${range}`,
  stride: (range: string) => `a stride ${range}`,
  rate: (range: string) => `a rate ${range}`,
  bits: (range: string) => `${range} bits`,
  scale: (range: string) => `a positive scale, ${range}`,
  zeroPoint: (range: string) => `a zero point ${range}`,
} as const;

export type Ranged = keyof typeof RANGED;

const LAYERS =
  'Layers are dense-120-tanh, conv-20-k5-s1-same, maxpool-2-s2, avgpool-2, batchnorm, dropout-0.5 and flatten.';

const SENTENCES: {
  readonly [Code in keyof ModelProblems]: (params: ModelProblems[Code]) => string;
} = {
  unknownModel: ({ model, known }) =>
    `There is no network "${model}". Write ${known}, mlp:300-100 for dense layers, or net: and layers separated by commas.`,
  unknownLayer: ({ layer }) => `There is no layer "${layer}". ${LAYERS}`,
  layerArgument: ({ layer, argument }) =>
    `The layer "${layer}" cannot be read at "${argument}". ${LAYERS}`,
  layerRange: ({ layer, argument, min, max }) =>
    `The layer "${layer}" needs ${RANGED[argument](`from ${String(min)} to ${String(max)}`)}.`,
  layerMissing: ({ number }) =>
    `There is nothing where layer ${String(number)} should stand. Write a layer there, or remove a comma.`,
  lastLayerMissing: () =>
    'A layer is missing after the last comma. Write one, or remove the comma.',
  layerTooLarge: ({ layer, size, shape }) =>
    `The window of ${layer}, ${String(size)} × ${String(size)}, is larger than its input, ${shape}. Make it smaller, or remove a pool before it.`,
  layerNeedsPicture: ({ layer, shape }) =>
    `The layer ${layer} needs a picture, and its input is a row of ${shape} numbers. Use dense layers here, or a data set of pictures.`,
  layerTooWide: ({ layer, numbers, max }) =>
    `The layer ${layer} puts out ${grouped(numbers)} numbers for each example; at most ${grouped(max)} fit. Give it fewer filters, or a stride or a pool before it.`,
  tooLongModel: excess('characters'),
  tooManyLayers: excess('layers'),
  tooManyParameters: excess('parameters'),
  tooManyMultiplyAdds: excess('multiply-adds an example'),
};

/** The English sentence. */
export function modelSentence<Code extends keyof ModelProblems>(
  code: Code,
  params: ModelProblems[Code],
): string {
  return SENTENCES[code](params);
}

function excess(what: string) {
  return ({ count, max }: Excess) =>
    `This network has ${grouped(count)} ${what}; at most ${grouped(max)} are possible here. Make it smaller.`;
}
