import type { Padding, Shape } from '../../experiment/architecture';
import { sameZeros } from '../../experiment/shapes';
import { told } from '../reason';
import type { Node } from './node';

/** The step of a window that moves as far down as across. */
export function strideOf(node: Node): number {
  const [down = 1, across = 1] = node.integers('strides') ?? [];
  node.need(down === across && down > 0, 'its strides differ');
  node.need(
    (node.integers('dilations') ?? []).every((each) => each === 1),
    'its window has gaps',
  );
  return down;
}

/** `same` where the zeros around are those that TensorFlow puts there. */
export function paddingOf(
  node: Node,
  shape: Shape,
  { side, stride }: { readonly side: number; readonly stride: number },
): Padding {
  const automatic = node.text('auto_pad', 'NOTSET');
  if (automatic === 'SAME_UPPER') return 'same';
  const pads = automatic === 'VALID' ? [] : (node.integers('pads') ?? []);
  if (automatic !== 'SAME_LOWER' && pads.every((each) => each === 0)) return 'valid';
  const zeros = [0, 1].map((axis) => sameZeros(shape[axis] ?? 1, side, stride));
  const wanted = [...zeros.map(({ before }) => before), ...zeros.map(({ after }) => after)];
  const fits = automatic === 'NOTSET' && wanted.every((each, i) => each === pads[i]);
  const [given, possible] = [pads.join(', '), wanted.join(', ')];
  node.need(fits, told`it pads with ${given} zeros, where only none or ${possible} are possible`);
  return 'same';
}

/** The side of a pool's window, which lies within the picture. */
export function poolSize(node: Node, shape: Shape, stride: number): number {
  const [size = 0, width = 0] = node.integers('kernel_shape') ?? [];
  node.need(size === width && size > 0, 'its window is not a square');
  node.need(shape.length === 3, 'it takes no picture');
  const isValid = ['NOTSET', 'VALID'].includes(node.text('auto_pad', 'NOTSET'));
  node.need(isValid && (node.integers('pads') ?? []).every((each) => each === 0), 'it pads');
  const isWhole = shape.slice(0, 2).every((side) => (side - size) % stride === 0);
  node.need(node.integer('ceil_mode', 0) === 0 || isWhole, 'it counts windows that are cut off');
  return size;
}
