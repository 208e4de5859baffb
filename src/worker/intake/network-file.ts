import { WhittleError } from '../../experiment/problem';

/** Whether a file is a network by its name. */
export function isNetwork(name: string): boolean {
  return /\.(whittle|onnx|safetensors)$/i.test(name);
}

/** A network where data is asked for. */
export function networkNoData(name: string): WhittleError {
  return new WhittleError({
    code: 'networkNoData',
    params: { name },
    message: `${name} holds a network by its name, not data. Add the step “Load a file” to the recipe, and choose the file there.`,
  });
}
