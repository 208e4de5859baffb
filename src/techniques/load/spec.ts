import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import { resolveModel } from '../../experiment/model';
import { modelOfOption, networkOption, textOption } from '../../experiment/options';
import { toProblem, type Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';

const options = z.object({
  /** Which file, by what is in it: a checksum and a length. Empty: none is chosen yet. */
  file: textOption(/^([0-9a-f]{8}-[0-9a-z]{1,6})?$/),
  /** The network in it, which the steps behind are checked on. */
  network: networkOption(),
});

export type LoadOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    load: LoadOptions;
  }
}

export const loadSpec: TechniqueSpec<'load'> = {
  id: 'load',
  options,
  mainOption: () => null,
  activeOptions: () => ['file'],
  instant: () => true,
  compression: () => null,
  check: (chosen, architecture) => {
    if (chosen.file === '') return noFile;
    if (chosen.network === '') return noNetwork(chosen.file);
    try {
      networkIn(chosen, architecture);
      return null;
    } catch (error) {
      return { ...toProblem(error), at: 'file' };
    }
  },
  reshape: networkIn,
};

/** @throws WhittleError where the option spells no network, or one that does not fit the data. */
function networkIn({ file, network }: LoadOptions, architecture: Architecture): Architecture {
  if (file === '' || network === '') return architecture;
  const { task, input, outputs } = architecture;
  return resolveModel(modelOfOption(network), { task, shape: input, outputs });
}

function noNetwork(file: string): Problem {
  return {
    code: 'noNetworkSaid',
    params: { file },
    at: 'file',
    message: `The link names the file ${file}, and not the network in it. Choose the file again.`,
  };
}

const noFile: Problem = {
  code: 'noFileChosen',
  params: {},
  at: 'file',
  message: 'No file is chosen yet. Choose a .whittle, safetensors, ONNX or TensorFlow.js file.',
};
