import type { Architecture } from '../../experiment/architecture';
import { denseMultiplyAdds } from '../../experiment/multiply-adds';
import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import { learnsFrom, type Objective, type Roundings } from '../trainer';
import { writeBackward } from './backward';
import { compiled, Compiler, type BatchKind, type Places, type Plan } from './compiler';
import { writeForward, writeFrozen, writeInference, type Trace } from './forward';
import { largestPadded } from './geometry';
import { writeLearning, writeRounding } from './rounding';
import { writePenalties, writeSharing, writeUpdate } from './update';

/** The operations from inputs to outputs in inference. */
export function compilePrediction(
  architecture: Architecture,
  places: Places,
  roundings: Roundings | null,
  { count, grey }: BatchKind,
  threads: number,
  scratch: (bytes: number) => number,
): Plan {
  return compiled(scratch, (base, shared) => {
    const compiler = new Compiler(architecture, places, count, threads, base, shared, grey);
    const { inputs } = compiler;
    writeRounding(compiler, roundings);
    const largest = Math.max(...architecture.layers.map(({ output }) => sizeOf(output)));
    const buffers = [compiler.take(count * largest), compiler.take(count * largest)] as const;
    const padded = compiler.take(count * largestPadded(architecture));
    let at = inputs;
    for (const layer of architecture.layers) {
      const to = at === buffers[0] ? buffers[1] : buffers[0];
      at = writeInference(compiler, layer, at, to, padded);
    }
    return {
      compiler,
      plan: {
        inputs,
        bytes: compiler.bytes,
        outputs: at,
        targets: 0,
        teacher: 0,
        dropouts: [],
        scratch: 0,
        multiplyAdds: count * denseMultiplyAdds(architecture),
      },
    };
  });
}

/** The operations of one iteration; with `update` false they end at the gradients, penalties included. */
export function compileIteration(
  architecture: Architecture,
  places: Places,
  objective: Objective,
  { count, grey }: BatchKind,
  threads: number,
  options: { readonly update: boolean; readonly dropout: boolean },
  scratch: (bytes: number) => number,
): Plan {
  return compiled(scratch, (base, shared) => {
    const compiler = new Compiler(architecture, places, count, threads, base, shared, grey);
    const { operations, inputs } = compiler;
    const { control } = places;
    const { outputs: width } = architecture;
    const targets = compiler.take(count * width);
    const teacher = learnsFrom(objective) ? compiler.take(count * width) : 0;
    const losses = compiler.take(count);
    const sizes = [architecture.input, ...architecture.layers.map(({ output }) => output)];
    const largest = Math.max(...sizes.map(sizeOf));
    const gradients = [compiler.take(count * largest), compiler.take(count * largest)] as const;

    const rounded = writeRounding(compiler, objective.roundings);
    const traces: Trace[] = [];
    let outputs = inputs;
    architecture.layers.forEach((layer, index) => {
      const trace =
        index < objective.frozen
          ? writeFrozen(compiler, layer, outputs)
          : writeForward(compiler, layer, index, outputs, options.dropout);
      traces.push(trace);
      outputs = trace.output;
    });

    const [gradient] = gradients;
    if (objective.loss === 'crossentropy') {
      operations.add('crossEntropy', {
        ...{ logits: outputs, labels: targets, gradient, losses, count, classes: width },
        smoothing: objective.labelSmoothing,
      });
      if (objective.distillation !== null) {
        const { temperature, weight } = objective.distillation;
        operations.add('distill', {
          ...{ logits: outputs, teacher, gradient, losses, count, classes: width },
          ...{ temperature, weight },
        });
      }
    } else {
      operations.add('squaredError', { outputs, targets, gradient, losses, count, width });
    }
    operations.add('mean', { values: losses, count, control });
    if (options.update) operations.add('guard', { control });

    // Only what lies behind the first trained layer is of use to anyone.
    const first = architecture.layers.findIndex(
      (layer, index) => index >= objective.frozen && layerParameters(layer).length > 0,
    );
    let at: number = gradient;
    traces.toReversed().forEach((trace, i) => {
      const index = traces.length - 1 - i;
      if (first === -1 || index < first) return;
      const to = at === gradients[0] ? gradients[1] : gradients[0];
      at = writeBackward(compiler, trace, at, index > first ? to : null);
    });

    writeLearning(compiler, rounded);
    writePenalties(compiler, objective);
    writeSharing(compiler);
    if (options.update) writeUpdate(compiler, objective, traces);
    return {
      compiler,
      plan: {
        inputs,
        bytes: compiler.bytes,
        outputs,
        targets,
        teacher,
        dropouts: compiler.dropouts,
        scratch: 0,
        multiplyAdds: 3 * count * denseMultiplyAdds(architecture),
      },
    };
  });
}
