import type { QuantizeLayer } from '../../experiment/architecture';
import { bytes, floats, TYPES } from './graph';
import { asFloats } from './writing';
import type { Flow, Writing } from './writing';

/** On the nearest values of the layer's grid: as codes where integers compute with them, else as floats. */
export function writeQuantize(writing: Writing, layer: QuantizeLayer, flow: Flow): Flow {
  const { graph, format } = writing;
  const { name, bits, scale, zeroPoint } = layer;
  const given = asFloats(writing, name, flow);
  if (format !== 'int8' || bits > 8)
    return { ...flow, tensor: rounded(writing, layer, given), grid: null };
  const names = [
    graph.constant(`${name}.scale`, floats(Float32Array.of(scale), [])),
    graph.constant(`${name}.zeroPoint`, bytes(Uint8Array.of(zeroPoint), [])),
  ] as const;
  // QuantizeLinear ends at the last code of eight bits; a grid of fewer ends before.
  const inside = bits === 8 ? given : clip(writing, layer, given, scale);
  const tensor = graph.node(name, 'QuantizeLinear', [inside, ...names]);
  return { ...flow, tensor, grid: { bits, scale, zeroPoint, names } };
}

/** `clip(round(x / scale)) · scale`, in float32: float16 would change the scale. */
function rounded(writing: Writing, layer: QuantizeLayer, tensor: string): string {
  const { graph, format } = writing;
  const { name } = layer;
  const isHalf = format === 'float16';
  const x = isHalf ? graph.node(name, 'Cast', [tensor], { to: TYPES.float32 }) : tensor;
  const scale = graph.constant(`${name}.scale`, floats(Float32Array.of(layer.scale), []));
  const steps = graph.node(name, 'Round', [graph.node(name, 'Div', [x, scale])]);
  const values = graph.node(name, 'Mul', [clip(writing, layer, steps, 1), scale]);
  return isHalf ? graph.node(name, 'Cast', [values], { to: TYPES.float16 }) : values;
}

/** No less than the grid's first number and no more than its last, a step being so long. */
function clip({ graph }: Writing, layer: QuantizeLayer, tensor: string, step: number): string {
  const { name, bits, zeroPoint } = layer;
  const end = (code: number) => floats(Float32Array.of((code - zeroPoint) * step), []);
  const low = graph.constant(`${name}.low`, end(0));
  const high = graph.constant(`${name}.high`, end(2 ** bits - 1));
  return graph.node(name, 'Clip', [tensor, low, high]);
}
