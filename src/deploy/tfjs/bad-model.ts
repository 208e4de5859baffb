import { shorten } from '../../experiment/model-errors';
import { WhittleError } from '../../experiment/problem';

/** A model that cannot be read; `reason` says what is wrong with it. */
export function badModel(reason: string): WhittleError {
  return new WhittleError({
    code: 'badTfjsModel',
    params: { reason },
    message: `This TensorFlow.js model cannot be opened: ${reason}. Save it again with model.save().`,
  });
}

/** A layer of a model from elsewhere that has no counterpart here. */
export function unsupported(called: string, what: string): WhittleError {
  const layer = shorten(called);
  return new WhittleError({
    code: 'unsupportedTfjsLayer',
    params: { layer, what },
    message: `The layer “${layer}” of this model cannot be used here: ${what}. Whittle reads dense and square two-dimensional convolutions, max and average pooling, batch norm, dropout and flatten in one line, with ReLU, leaky ReLU, tanh, sigmoid or GELU.`,
  });
}
