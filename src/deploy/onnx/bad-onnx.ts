import { shorten } from '../../experiment/model-errors';
import { WhittleError, type Problem } from '../../experiment/problem';
import { quoted, type Reason } from '../reason';

/** Characters of a reason that are told. */
const MAX_REASON = 200;

/** A file that cannot be read; `reason` says what is wrong with it. */
export function badOnnx(reason: Reason): WhittleError {
  const { text, behind } = quoted(reason);
  const told = withoutEnd(text);
  return new WhittleError({
    code: 'badOnnxFile',
    params: { reason: told },
    message: `This is not an ONNX file that can be read here: ${told}.`,
    ...shortened(behind),
  });
}

/** A node that no layer here does the work of. */
export function unsupportedNode(operator: string, node: string, reason: Reason): WhittleError {
  const { text, behind } = quoted(reason);
  const params = { operator: shorten(operator), node: shorten(node), reason: withoutEnd(text) };
  return new WhittleError({
    code: 'onnxOperator',
    params: { operator: params.operator, node: params.node, reason: params.reason },
    message: `The operator ${params.operator} of the node "${params.node}" cannot be read here: ${params.reason}. Networks here are chains of dense and convolutional layers, pools, batch norm, flatten, dropout and activations.`,
    ...shortened(behind),
  });
}

/** The cause with no part of it longer than a reason may be. */
function shortened({ cause }: { readonly cause?: Problem }): { readonly cause?: Problem } {
  if (cause === undefined) return {};
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(cause.params)) {
    params[name] = typeof value === 'string' ? withoutEnd(value) : value;
  }
  return { cause: { ...cause, params, message: withoutEnd(cause.message), ...shortened(cause) } };
}

/** Names and shapes in a reason are as long as whoever wrote the file liked. */
function withoutEnd(reason: string): string {
  return reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason;
}
