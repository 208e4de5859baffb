import { shorten } from '../../experiment/model-errors';
import { WhittleError } from '../../experiment/problem';
import { quoted, type Reason } from '../reason';

/** A model that cannot be read; `reason` says what is wrong with it. */
export function badModel(reason: Reason): WhittleError {
  const { text, behind } = quoted(reason);
  return new WhittleError({
    code: 'badTfjsModel',
    params: { reason: text },
    message: `This TensorFlow.js model cannot be opened: ${text}. Save it again with model.save().`,
    ...behind,
  });
}

/** A layer of a model from elsewhere that has no counterpart here. */
export function unsupported(called: string, reason: Reason): WhittleError {
  const layer = shorten(called);
  const { text, behind } = quoted(reason);
  return new WhittleError({
    code: 'unsupportedTfjsLayer',
    params: { layer, reason: text },
    message: `The layer “${layer}” of this model cannot be used here: ${text}. Whittle reads dense and square two-dimensional convolutions, max and average pooling, batch norm, dropout and flatten in one line, with ReLU, leaky ReLU, tanh, sigmoid or GELU.`,
    ...behind,
  });
}
