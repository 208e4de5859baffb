import type { Architecture, ConvLayer, DenseLayer } from '../../experiment/architecture';

/** The layers whose units may go: all dense and convolutional ones but the last, which is the output. */
export function hiddenLayers({ layers }: Architecture): (DenseLayer | ConvLayer)[] {
  return layers.filter((layer) => layer.type === 'dense' || layer.type === 'conv').slice(0, -1);
}
