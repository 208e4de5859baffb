import type { onnx } from 'onnx-proto';
import { told, type Reason } from '../reason';
import { unsupportedNode } from './bad-onnx';
import { readTensor, type Tensor } from './tensor';

/** A node of a file, with its attributes by name. */
export interface Node {
  readonly name: string;
  readonly operator: string;
  /** Names; '' where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly integer: (attribute: string, otherwise: number) => number;
  readonly float: (attribute: string, otherwise: number) => number;
  readonly text: (attribute: string, otherwise: string) => string;
  /** Null where there is none of this name. */
  readonly integers: (attribute: string) => readonly number[] | null;
  readonly tensor: (attribute: string) => Tensor | null;
  /** From the front, where it may be counted from the back. */
  readonly axis: (axis: number, axes: number) => number;
  /** @throws WhittleError `onnxOperator` with this reason, unless the condition holds */
  readonly need: (holds: boolean, reason: Reason) => void;
}

/** @throws WhittleError `onnxOperator` where the operator is of another collection than ONNX's own. */
export function readNode(proto: onnx.INodeProto, index: number): Node {
  const operator = proto.opType ?? '';
  const outputs = proto.output ?? [];
  const given = [proto.name, outputs[0], `#${String(index + 1)}`];
  const name = given.find((each) => each !== undefined && each !== null && each !== '') ?? '';
  const attributes = new Map((proto.attribute ?? []).map((each) => [each.name ?? '', each]));
  const need = (holds: boolean, reason: Reason) => {
    if (!holds) throw unsupportedNode(operator, name, reason);
  };
  need(!proto.domain || proto.domain === 'ai.onnx', told`it belongs to "${proto.domain ?? ''}"`);
  return {
    name,
    operator,
    inputs: proto.input ?? [],
    outputs,
    integer: (key, otherwise) => Number(attributes.get(key)?.i ?? otherwise),
    float: (key, otherwise) => attributes.get(key)?.f ?? otherwise,
    text: (key, otherwise) => {
      const bytes = attributes.get(key)?.s;
      return bytes ? new TextDecoder().decode(bytes) : otherwise;
    },
    integers: (key) => attributes.get(key)?.ints?.map(Number) ?? null,
    tensor: (key) => {
      const tensor = attributes.get(key)?.t;
      return tensor ? readTensor(tensor, name) : null;
    },
    axis: (axis, axes) => (axis < 0 ? axis + axes : axis),
    need,
  };
}
