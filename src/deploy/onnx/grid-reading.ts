import type { ActivationGrid } from '../../experiment/architecture';
import { told } from '../reason';
import { unsupportedNode } from './bad-onnx';
import { TYPES } from './graph';
import type { Node } from './node';
import type { Tensor } from './tensor';

/** A grid as a file has it: `zero` is what its codes have for 0, in a type of theirs that may have a sign. */
interface FileGrid extends ActivationGrid {
  readonly zero: number;
}

/** What the one tensor that goes through a network holds at a time. */
type Form =
  | { readonly is: 'values' }
  /** Values between the ends of a grid that is to come. */
  | { readonly is: 'clipped'; readonly low: number; readonly high: number }
  /** Values in steps of a grid. */
  | { readonly is: 'divided' | 'rounded'; readonly scale: number }
  /** Codes of a grid, as integers, as floats, without their zero point. */
  | { readonly is: 'codes' | 'floatCodes' | 'steps'; readonly grid: FileGrid };

const VALUES: Form = { is: 'values' };

const FLOATS: readonly number[] = [TYPES.float32, TYPES.float16, TYPES.float64];
/** The first and the last of the codes that QuantizeLinear makes. */
const ENDS = new Map<string, readonly [number, number]>([
  ['uint8', [0, 255]],
  ['int8', [-128, 127]],
  ['uint16', [0, 65_535]],
]);
const MAX_BITS = 16;
/** Of a step: by so much float32 may miss the end of a grid. */
const TOLERANCE = 0.01;

/** A grid that the tensor went onto, with the node that began it. */
export interface ReadGrid extends ActivationGrid {
  readonly node: string;
}

/**
 * The steps onto a grid and back: QuantizeLinear and DequantizeLinear, or Div, Round, Clip and Mul, as the
 * exports here write them. What goes back otherwise than it came, or has other levels than `2^bits`, is refused.
 */
export class GridReading {
  private form: Form = VALUES;
  private begun: Node | null = null;

  /** @throws WhittleError `onnxOperator`, naming the node that a grid began with and has not ended */
  needValues(): void {
    if (this.form.is === 'values' || this.begun === null) return;
    const { operator, name } = this.begun;
    throw unsupportedNode(operator, name, 'it is not part of a grid of activations');
  }

  /** The grid, where the node ends one; else whether it is a step on the way. */
  read(node: Node, [first, a, b]: readonly (Tensor | undefined)[]): ReadGrid | boolean {
    const { form } = this;
    const number = scalarOf(a);
    switch (node.operator) {
      case 'Cast':
        if (!FLOATS.includes(node.integer('to', 0))) return false;
        return form.is === 'codes' ? this.go({ ...form, is: 'floatCodes' }) : form.is === 'values';
      case 'Clip': {
        const [low, high] = [number ?? -Infinity, scalarOf(b) ?? Infinity];
        if (form.is === 'values') return this.start(node, { is: 'clipped', low, high });
        if (form.is !== 'rounded') return false;
        const { scale } = form;
        return this.go({ is: 'steps', grid: { ...gridBetween(node, low, high), scale, zero: 0 } });
      }
      case 'QuantizeLinear':
        return this.encode(node, number ?? 0, b);
      case 'Div':
        if (form.is !== 'values' || number === undefined) return false;
        node.need(isScale(number), 'it divides by no step of a grid');
        return this.start(node, { is: 'divided', scale: number });
      case 'Round':
        return form.is === 'divided' && this.go({ ...form, is: 'rounded' });
      case 'Sub':
        if (form.is !== 'floatCodes' || number !== form.grid.zero) return false;
        return this.go({ ...form, is: 'steps' });
      case 'Mul':
        if (form.is !== 'steps') return false;
        return this.end(node, form.grid, { scale: scalarOf(first ?? a), zero: form.grid.zero });
      case 'DequantizeLinear':
        return form.is === 'codes' && this.end(node, form.grid, { scale: number, zero: zeroOf(b) });
      default:
        return false;
    }
  }

  /** The grid whose codes a layer computes with, with this zero point; null where there are none. */
  takeCodes(node: Node, zero: Tensor | undefined): ReadGrid | null {
    if (this.form.is !== 'codes') return null;
    const { grid } = this.form;
    return this.end(node, grid, { scale: grid.scale, zero: zeroOf(zero) });
  }

  private encode(node: Node, scale: number, zero: Tensor | undefined): boolean {
    const { form } = this;
    node.need(isScale(scale), 'its grid is not the same for all');
    const type = codeType(node, zero);
    const ends = ENDS.get(type);
    const code = zeroOf(zero) ?? NaN;
    if (ends === undefined) {
      throw unsupportedNode(
        node.operator,
        node.name,
        told`activations are never of the type ${type} here`,
      );
    }
    node.need(Number.isInteger(code), 'its zero point is not the same for all, or no integer');
    const [least, most] = ends;
    if (form.is === 'clipped') {
      const grid = gridBetween(node, steps(node, form.low, scale), steps(node, form.high, scale));
      const { bits, zeroPoint } = grid;
      const isInside = code - zeroPoint >= least && code - zeroPoint + 2 ** bits - 1 <= most;
      node.need(isInside, 'the ends of its grid lie beyond its codes');
      return this.go({ is: 'codes', grid: { ...grid, scale, zero: code } });
    }
    if (form.is !== 'values') return false;
    const grid = gridBetween(node, least - code, most - code);
    return this.start(node, { is: 'codes', grid: { ...grid, scale, zero: code } });
  }

  private start(node: Node, form: Form): true {
    this.begun = node;
    return this.go(form);
  }

  /** Back to values, where it goes back by the step and the zero point with which it came. */
  private end(
    node: Node,
    { bits, scale, zeroPoint, zero }: FileGrid,
    back: { readonly scale: number | undefined; readonly zero: number | undefined },
  ): ReadGrid {
    node.need(back.scale === scale, 'its scale is not that of the grid before it');
    node.need(back.zero === zero, 'its zero point is not that of the grid before it');
    this.form = VALUES;
    return { bits, scale, zeroPoint, node: this.begun?.name ?? '' };
  }

  private go(form: Form): true {
    this.form = form;
    return true;
  }
}

/** Undefined where there is not just one number. */
function scalarOf(tensor: Tensor | undefined): number | undefined {
  return tensor?.values.length === 1 ? tensor.values[0] : undefined;
}

/** Zero where none is given; undefined where there are several. */
function zeroOf(tensor: Tensor | undefined): number | undefined {
  return tensor === undefined ? 0 : scalarOf(tensor);
}

function isScale(number: number): boolean {
  return number > 0 && Number.isFinite(number);
}

/** Of codes that QuantizeLinear makes: as its zero point, or as it says, or without a sign. */
function codeType(node: Node, zero: Tensor | undefined): string {
  const said = node.integer('output_dtype', 0);
  const called = Object.entries(TYPES).find(([, id]) => id === said)?.[0];
  const wanted = said === 0 ? undefined : (called ?? String(said));
  if (zero === undefined) return wanted ?? 'uint8';
  const type = zero.type ?? 'float32';
  node.need(wanted === undefined || wanted === type, 'its zero point is of another type than it');
  return type;
}

/** Where on the grid a value is. */
function steps(node: Node, value: number, scale: number): number {
  const place = value / scale;
  const step = Math.round(place);
  node.need(Math.abs(place - step) < TOLERANCE, 'its grid does not end where values are clipped');
  return step;
}

/** The bits and the zero point of the grid from one step to another, with all levels that so many bits have. */
function gridBetween(node: Node, low: number, high: number) {
  const bits = Math.log2(high - low + 1);
  const hasZero = Number.isInteger(low) && low <= 0 && high >= 0;
  const isGrid = hasZero && Number.isInteger(bits) && bits >= 1 && bits <= MAX_BITS;
  node.need(isGrid, 'its grid has not 2, 4, 8 … levels, up to 65,536, with zero among them');
  return { bits, zeroPoint: 0 - low };
}
