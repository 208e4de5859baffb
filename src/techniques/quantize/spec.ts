import * as z from 'zod/mini';
import { choiceOption, integerOption } from '../../experiment/options';
import type { TechniqueSpec } from '../../experiment/technique';

const options = z.object({
  bits: integerOption({ min: 1, max: 16, default: 8, step: 1, unit: 'bits' }),
  /** At 1 bit both are binary, at 2 bits symmetric is ternary (see docs/definitions.md). */
  scheme: choiceOption(['symmetric', 'affine'], 'symmetric'),
  granularity: choiceOption(['channel', 'tensor'], 'channel'),
});

export type QuantizeOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    quantize: QuantizeOptions;
  }
}

export const quantizeSpec: TechniqueSpec<'quantize'> = {
  id: 'quantize',
  options,
  mainOption: () => 'bits',
  activeOptions: () => Object.keys(options.shape),
  instant: true,
  check: () => null,
};
