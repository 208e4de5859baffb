import { shorten } from '../../experiment/model-errors';
import { WhittleError } from '../../experiment/problem';

/** A file that cannot be read; `reason` says what is wrong with it. */
export function badOnnx(reason: string): WhittleError {
  return new WhittleError({
    code: 'badOnnxFile',
    params: { reason },
    message: `This is not an ONNX file that can be read here: ${reason}.`,
  });
}

/** A node that no layer here does the work of. */
export function unsupportedNode(operator: string, node: string, reason: string): WhittleError {
  const params = { operator: shorten(operator), node: shorten(node), reason };
  return new WhittleError({
    code: 'onnxOperator',
    params,
    message: `The operator ${params.operator} of the node "${params.node}" cannot be read here: ${reason}. Networks here are chains of dense and convolutional layers, pools, batch norm, flatten, dropout and activations.`,
  });
}
