/** A table of `majors` rows with `minors` numbers each, and where each lies in its tensor. */
export interface Matrix {
  readonly majors: number;
  readonly minors: number;
  readonly index: (major: number, minor: number) => number;
}

/** A major for each input, a minor for each output, as the tensor has them. */
export function byInput(inputs: number, outputs: number): Matrix {
  return {
    majors: inputs,
    minors: outputs,
    index: (input, output) => input * outputs + output,
  };
}

/** A major for each filter, a minor for each of its weights: the tensor's other way round. */
export function byFilter(taps: number, filters: number): Matrix {
  return { majors: filters, minors: taps, index: (filter, tap) => tap * filters + filter };
}
