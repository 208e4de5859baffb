import type { Architecture, Layer } from '../../experiment/architecture';

/** A network in one line, language-neutral: `784 – 300 – 100 – 10`, `28×28×1 – 20@5×5 – …`. */
export function shapeSummary({ input, layers }: Architecture): string {
  const first =
    layers[0]?.type === 'conv' ? input.join('×') : String(input.reduce((a, b) => a * b, 1));
  return [first, ...layers.flatMap(part)].join(' – ');
}

function part(layer: Layer): readonly string[] {
  switch (layer.type) {
    case 'dense':
      return [String(layer.units)];
    case 'conv':
      return [`${String(layer.filters)}@${String(layer.kernel)}×${String(layer.kernel)}`];
    case 'maxpool':
    case 'avgpool':
      return [`↓${String(layer.size)}`];
    case 'batchnorm':
    case 'dropout':
    case 'flatten':
      return [];
  }
}
