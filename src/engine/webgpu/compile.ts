import type { Architecture } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { learnsFrom, type Objective, type Roundings } from '../trainer';
import { writeBackward } from './backward';
import { GpuCompiler, type GpuBatchKind, type GpuPlan } from './compiler';
import { normShape, writeForward, type Trace } from './forward';
import type { Gpu } from './gpu';
import type { NetworkBuffers } from './network-buffers';
import { moveAverages } from './shaders/batch-norm';
import { crossEntropy, squaredError } from './shaders/loss';
import { clip, normParts, penalize, sumSquares, update } from './shaders/optimize';
import { spreadShared, sumShared, type SharedShape } from './shaders/share';

/** What training holds on a device beside the network's values. */
export interface TrainingBuffers {
  readonly gradients: GPUBuffer;
  /** What may be done with each number. */
  readonly flags: GPUBuffer;
  /** The optimizer's memory, an array for all parameters each. */
  readonly slots: readonly GPUBuffer[];
  /** Whether it has halted, and what clipping multiplies by. */
  readonly control: GPUBuffer;
  /** What comes with each iteration. */
  readonly settings: GPUBuffer;
  /** The last losses. */
  readonly losses: GPUBuffer;
  /** Which level each weight is on, of the kernels whose weights share them. */
  readonly levels: readonly { readonly shape: SharedShape; readonly indices: GPUBuffer }[];
}

/** The way from inputs to outputs in inference. */
export async function compilePrediction(
  gpu: Gpu,
  architecture: Architecture,
  network: NetworkBuffers,
  kind: GpuBatchKind,
  rounded: { readonly roundings: Roundings | null; readonly flags: GPUBuffer } | null = null,
): Promise<GpuPlan> {
  const compiler = new GpuCompiler(gpu, architecture, network, kind);
  if (rounded !== null) compiler.round(rounded.roundings, rounded.flags);
  const { count, inputs } = compiler;
  const largest = count * Math.max(...architecture.layers.map(({ output }) => sizeOf(output)));
  const turns = [compiler.take(largest), compiler.take(largest)] as const;
  let outputs = inputs;
  architecture.layers.forEach((layer, index) => {
    const output = () => (outputs === turns[0] ? turns[1] : turns[0]);
    const mode = { training: false, dropout: false, output };
    outputs = writeForward(compiler, layer, index, outputs, mode).output;
  });
  return finished(compiler, outputs, inputs);
}

/** One iteration; with `update` false it ends at the gradients, penalties included. */
export async function compileIteration(
  gpu: Gpu,
  architecture: Architecture,
  network: NetworkBuffers,
  training: TrainingBuffers,
  objective: Objective,
  kind: GpuBatchKind,
  options: { readonly update: boolean; readonly dropout: boolean },
): Promise<GpuPlan> {
  const compiler = new GpuCompiler(gpu, architecture, network, kind);
  const { outputs: width } = architecture;
  const { count, inputs } = compiler;
  compiler.round(objective.roundings, training.flags);
  const targets = compiler.take(count * width);
  const teacher = learnsFrom(objective) ? compiler.take(count * width) : null;
  const output = (length: number) => compiler.take(length);
  const traces: Trace[] = [];
  let outputs = inputs;
  architecture.layers.forEach((layer, index) => {
    const training = index >= objective.frozen;
    const mode = { training, dropout: training && options.dropout, output };
    const trace = writeForward(compiler, layer, index, outputs, mode);
    traces.push(trace);
    outputs = trace.output;
  });

  const gradient = compiler.take(count * width);
  const { gradients, settings, control, losses } = training;
  const loss =
    objective.loss === 'crossentropy'
      ? crossEntropy(count, width, objective.labelSmoothing, objective.distillation)
      : squaredError(count, width);
  const wanted = teacher === null ? [targets] : [targets, teacher];
  compiler.add(loss, settings, outputs, ...wanted, gradient, losses, control);
  writeBackward(compiler, traces, objective.frozen, gradients, gradient);
  compiler.learn(gradients);
  if (objective.l1 !== 0 || objective.l2 !== 0) {
    const { values, length } = network;
    compiler.add(penalize(length, objective), values, training.flags, gradients);
  }
  for (const { shape, indices } of training.levels) {
    const sums = compiler.take(shape.grids * shape.perGrid);
    compiler.add(sumShared(shape), gradients, indices, sums);
    compiler.add(spreadShared(shape), sums, indices, gradients);
  }
  if (options.update) writeUpdate(compiler, training, objective, traces);
  return finished(compiler, outputs, targets, teacher);
}

function writeUpdate(
  compiler: GpuCompiler,
  { gradients, flags, slots, control, settings }: TrainingBuffers,
  objective: Objective,
  traces: readonly Trace[],
): void {
  const { values, length } = compiler.network;
  if (objective.clip > 0) {
    const squares = compiler.take(normParts(length));
    compiler.add(sumSquares(length), gradients, flags, squares);
    compiler.add(clip(length, objective.clip), squares, control);
  }
  const shader = update(length, objective, compiler.network.factors(objective), slots.length);
  compiler.add(shader, settings, gradients, flags, control, values, ...slots);
  for (const { layer, extra } of traces) {
    if (layer.type !== 'batchnorm' || extra === undefined) continue;
    compiler.add(moveAverages(normShape(compiler, layer)), extra, control, values);
  }
}

async function finished(
  compiler: GpuCompiler,
  outputs: GPUBuffer,
  targets: GPUBuffer,
  teacher: GPUBuffer | null = null,
): Promise<GpuPlan> {
  const { buffers, dropouts, given } = compiler;
  const calls = await compiler.calls();
  return { calls, buffers, dropouts, given, outputs, targets, teacher };
}
