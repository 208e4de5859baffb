import { shorten } from '../../experiment/model-errors';
import { WhittleError } from '../../experiment/problem';

/** Characters of a reason that are told. */
const MAX_REASON = 200;

/** A file that cannot be read; `reason` says what is wrong with it. */
export function badOnnx(reason: string): WhittleError {
  const told = withoutEnd(reason);
  return new WhittleError({
    code: 'badOnnxFile',
    params: { reason: told },
    message: `This is not an ONNX file that can be read here: ${told}.`,
  });
}

/** A node that no layer here does the work of. */
export function unsupportedNode(operator: string, node: string, reason: string): WhittleError {
  const params = { operator: shorten(operator), node: shorten(node), reason: withoutEnd(reason) };
  return new WhittleError({
    code: 'onnxOperator',
    params: { operator: params.operator, node: params.node, reason: params.reason },
    message: `The operator ${params.operator} of the node "${params.node}" cannot be read here: ${params.reason}. Networks here are chains of dense and convolutional layers, pools, batch norm, flatten, dropout and activations.`,
  });
}

/** Names and shapes in a reason are as long as whoever wrote the file liked. */
function withoutEnd(reason: string): string {
  return reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason;
}
