import type { Layer, Padding, Shape } from './architecture';
import type { LayerPlan } from './layer-text';
import { modelError, shapeText } from './model-errors';

/** Numbers in a tensor of this shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * The layer with its name and both shapes.
 * @throws WhittleError `at: 'model'`, naming the layer, where it does not fit on its input.
 */
export function placeLayer(plan: LayerPlan, name: string, input: Shape): Layer {
  return { ...plan, name, input, output: outputShape(plan, name, input) };
}

/** Shape of what the layer makes of an input of this shape, both without the batch axis. */
export function outputShape(plan: LayerPlan, name: string, input: Shape): Shape {
  switch (plan.type) {
    case 'dense':
      return [plan.units];
    case 'conv': {
      const [height, width] = pictureSides(name, input);
      const { kernel, stride, padding } = plan;
      return [
        slide(name, input, height, kernel, stride, padding),
        slide(name, input, width, kernel, stride, padding),
        plan.filters,
      ];
    }
    case 'maxpool':
    case 'avgpool': {
      const [height, width, channels] = pictureSides(name, input);
      const { size, stride } = plan;
      return [
        slide(name, input, height, size, stride, 'valid'),
        slide(name, input, width, size, stride, 'valid'),
        channels,
      ];
    }
    case 'flatten':
      return [sizeOf(input)];
    case 'batchnorm':
    case 'dropout':
    case 'quantize':
      return input;
  }
}

/**
 * The zeros that `same` puts before a side and behind it, so that only the stride shortens it: the odd one comes
 * last, as in TensorFlow.
 */
export function sameZeros(side: number, window: number, stride: number) {
  const all = Math.max(0, (Math.ceil(side / stride) - 1) * stride + window - side);
  return { before: Math.floor(all / 2), after: Math.ceil(all / 2) };
}

/** Positions of a window along a side. `same` pads with zeros so that only the stride shortens it. */
function slide(
  name: string,
  input: Shape,
  side: number,
  window: number,
  stride: number,
  padding: Padding,
): number {
  if (padding === 'same') return Math.ceil(side / stride);
  if (window > side) {
    throw modelError('layerTooLarge', { layer: name, size: window, shape: shapeText(input) });
  }
  return Math.floor((side - window) / stride) + 1;
}

function pictureSides(name: string, input: Shape): readonly [number, number, number] {
  const [height, width, channels] = input;
  if (height === undefined || width === undefined || channels === undefined) {
    throw modelError('layerNeedsPicture', { layer: name, shape: shapeText(input) });
  }
  return [height, width, channels];
}
