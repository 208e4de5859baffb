import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM } from '../../constants';
import { each, f, LINE, summing, u, type Shader } from './wgsl';

/** A layer's sizes, and where its parameters begin among all values. */
export interface NormShape {
  readonly rows: number;
  readonly channels: number;
  readonly scale: number;
  readonly shift: number;
  readonly mean: number;
  readonly variance: number;
}

/** Mean, 1/√(variance + ε) and biased variance of each channel, `[3, channels]`: from `x`. */
export function batchMoments({ rows, channels }: NormShape): Shader {
  return summing(channels, {
    ...{ reads: ['x'], writes: ['moments'] },
    body: `var part = 0f;
  for (var row = thread; row < ${u(rows)}; row += ${u(LINE)}) { part += x[row * ${u(channels)} + group]; }
  let mean = total(part) / ${f(rows)};
  part = 0;
  for (var row = thread; row < ${u(rows)}; row += ${u(LINE)}) {
    let apart = x[row * ${u(channels)} + group] - mean;
    part += apart * apart;
  }
  let variance = total(part) / ${f(rows)};
  if (thread == 0) {
    moments[group] = mean;
    moments[${u(channels)} + group] = inverseSqrt(variance + ${f(BATCH_NORM_EPSILON)});
    moments[${u(2 * channels)} + group] = variance;
  }`,
  });
}

/** `y = scale · (x − mean) / √(variance + ε) + shift` with the batch's moments: from `x`, `moments`, `values`. */
export function normalize({ rows, channels, scale, shift }: NormShape): Shader {
  return each(rows * channels, {
    ...{ reads: ['x', 'moments', 'values'], writes: ['y'] },
    body: `let channel = i % ${u(channels)};
    let normal = (x[i] - moments[channel]) * moments[${u(channels)} + channel];
    y[i] = normal * values[${u(scale)} + channel] + values[${u(shift)} + channel];`,
  });
}

/** The same with the moving averages: from `x` and `values`. */
export function normalizeByAverages(shape: NormShape): Shader {
  const { rows, channels, scale, shift, mean, variance } = shape;
  return each(rows * channels, {
    ...{ reads: ['x', 'values'], writes: ['y'] },
    body: `let channel = i % ${u(channels)};
    let factor = values[${u(scale)} + channel] * inverseSqrt(values[${u(variance)} + channel] + ${f(BATCH_NORM_EPSILON)});
    y[i] = (x[i] - values[${u(mean)} + channel]) * factor + values[${u(shift)} + channel];`,
  });
}

/** The gradients by scale and shift: from `x`, `moments` and `dy` into `gradients`. */
export function normGradient({ rows, channels, scale, shift }: NormShape): Shader {
  return summing(channels, {
    ...{ reads: ['x', 'moments', 'dy'], writes: ['gradients'] },
    body: `var part = 0f;
  var products = 0f;
  for (var row = thread; row < ${u(rows)}; row += ${u(LINE)}) {
    let i = row * ${u(channels)} + group;
    part += dy[i];
    products += dy[i] * (x[i] - moments[group]) * moments[${u(channels)} + group];
  }
  let sum = total(part);
  let product = total(products);
  if (thread == 0) {
    gradients[${u(shift)} + group] = sum;
    gradients[${u(scale)} + group] = product;
  }`,
  });
}

/** The gradient by the input: from `x`, `moments`, `dy`, `values` and the `gradients` of scale and shift. */
export function normInputGradient({ rows, channels, scale, shift }: NormShape): Shader {
  return each(rows * channels, {
    ...{ reads: ['x', 'moments', 'dy', 'values', 'gradients'], writes: ['dx'] },
    body: `let channel = i % ${u(channels)};
    let factor = moments[${u(channels)} + channel];
    let normal = (x[i] - moments[channel]) * factor;
    let meanGradient = gradients[${u(shift)} + channel] / ${f(rows)};
    let meanProduct = gradients[${u(scale)} + channel] / ${f(rows)};
    dx[i] = values[${u(scale)} + channel] * factor * (dy[i] - meanGradient - normal * meanProduct);`,
  });
}

/** The moving averages after one more batch, with the unbiased variance: `moments`, `control` into `values`. */
export function moveAverages({ rows, channels, mean, variance }: NormShape): Shader {
  const unbiased = rows > 1 ? rows / (rows - 1) : 1;
  return each(channels, {
    ...{ reads: ['moments', 'control'], writes: ['values'] },
    before: 'if (control[0] != 0) { return; }',
    body: `let mean = ${u(mean)} + i;
    let variance = ${u(variance)} + i;
    values[mean] = values[mean] * ${f(BATCH_NORM_MOMENTUM)} + moments[i] * ${f(1 - BATCH_NORM_MOMENTUM)};
    values[variance] = values[variance] * ${f(BATCH_NORM_MOMENTUM)} + moments[${u(2 * channels)} + i] * ${f(unbiased * (1 - BATCH_NORM_MOMENTUM))};`,
  });
}
