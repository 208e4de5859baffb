import type { ActivationGrid } from '../../experiment/architecture';
import { unsupportedNode } from './bad-onnx';
import { TYPES, type TensorType } from './graph';
import type { Node } from './node';
import type { Tensor } from './tensor';

/** What the one tensor that goes through a network holds at a time. */
type Form =
  | { readonly is: 'values' }
  /** Values, or steps, between the ends of a grid. */
  | { readonly is: 'clipped' | 'roundedAndClipped'; readonly low: number; readonly high: number }
  /** Values in steps of a grid. */
  | { readonly is: 'divided' | 'rounded' }
  /** Codes of a grid, as integers, as floats, without their zero point. */
  | { readonly is: 'codes' | 'floatCodes' | 'steps'; readonly grid: ActivationGrid };

const VALUES: Form = { is: 'values' };

const FLOATS: readonly number[] = [TYPES.float32, TYPES.float16, TYPES.float64];
/** Bits of what QuantizeLinear makes. */
const BITS: Readonly<Partial<Record<TensorType, number>>> = { uint8: 8, int8: 8, uint16: 16 };

/** A grid that the tensor went onto, with the node that began it. */
export interface ReadGrid extends ActivationGrid {
  readonly node: string;
}

/**
 * The steps onto a grid and back: QuantizeLinear and DequantizeLinear, or Div, Round, Clip and Mul, as the
 * exports here write them.
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
  read(node: Node, [, a, b]: readonly (Tensor | undefined)[]): ReadGrid | boolean {
    const { form } = this;
    const scalar = a?.values.length === 1 ? a.values[0] : undefined;
    switch (node.operator) {
      case 'Cast':
        if (!FLOATS.includes(node.integer('to', 0))) return false;
        return form.is === 'codes' ? this.go({ ...form, is: 'floatCodes' }) : form.is === 'values';
      case 'Clip': {
        const [low, high] = [a?.values[0] ?? -Infinity, b?.values[0] ?? Infinity];
        if (form.is === 'values') return this.start(node, { is: 'clipped', low, high });
        return form.is === 'rounded' && this.go({ is: 'roundedAndClipped', low, high });
      }
      case 'QuantizeLinear':
        node.need(scalar !== undefined && scalar > 0, 'its grid is not the same for all');
        return this.encode(node, scalar ?? 1, b);
      case 'Div':
        if (form.is !== 'values' || scalar === undefined) return false;
        return this.start(node, { is: 'divided' });
      case 'Round':
        return form.is === 'divided' && this.go({ is: 'rounded' });
      case 'Sub':
        if (form.is !== 'floatCodes' || scalar !== form.grid.zeroPoint) return false;
        return this.go({ ...form, is: 'steps' });
      case 'Mul': {
        if (form.is === 'steps') return this.end(form.grid);
        if (form.is !== 'roundedAndClipped' || scalar === undefined) return false;
        const { low, high } = form;
        return this.end({ bits: bitsBetween(low, high), scale: scalar, zeroPoint: -low });
      }
      case 'DequantizeLinear':
        return form.is === 'codes' && this.end(form.grid);
      default:
        return false;
    }
  }

  /** The grid whose codes a layer computes with; null where there are none. */
  takeCodes(): ReadGrid | null {
    return this.form.is === 'codes' ? this.end(this.form.grid) : null;
  }

  private encode(node: Node, scale: number, zero: Tensor | undefined): boolean {
    const { form } = this;
    if (form.is === 'clipped') {
      // Of the type's codes, so many are left.
      const [low, high] = [Math.round(form.low / scale), Math.round(form.high / scale)];
      const grid = { bits: bitsBetween(low, high), scale, zeroPoint: -low };
      return this.go({ is: 'codes', grid });
    }
    const type = zero?.type ?? 'uint8';
    const bits = BITS[type];
    node.need(bits !== undefined, `activations are never of the type ${type} here`);
    const shift = type === 'int8' ? 128 : 0;
    const grid = { bits: bits ?? 8, scale, zeroPoint: (zero?.values[0] ?? 0) + shift };
    return form.is === 'values' && this.start(node, { is: 'codes', grid });
  }

  private start(node: Node, form: Form): true {
    this.begun = node;
    return this.go(form);
  }

  private end(grid: ActivationGrid): ReadGrid {
    this.form = VALUES;
    return { ...grid, node: this.begun?.name ?? '' };
  }

  private go(form: Form): true {
    this.form = form;
    return true;
  }
}

function bitsBetween(low: number, high: number): number {
  return Math.max(1, Math.round(Math.log2(high - low + 1)));
}
