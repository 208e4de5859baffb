import { LION_BETAS } from '../../engine/constants';
import { numberText, type Helper } from './write';

/** Shares of a momentum and of a gradient: in a step, and in the next momentum. */
const [IN_STEP, IN_NEXT] = [mixed(LION_BETAS[0]), mixed(LION_BETAS[1])] as const;

function mixed(beta: number) {
  return { old: numberText(beta), gradient: numberText(1 - beta) };
}

/** Functions that are the same in every recipe that needs them. Matrices are `[units, inputs]`. */
export const TFJS_HELPERS: Readonly<Record<string, Helper>> = {
  kernels: {
    code: `
/** The weights that are pruned and quantized, with their layers. */
function kernels(model) {
  return model.layers
    .filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()))
    .map((layer) => ({ layer, name: layer.name, kernel: layer.kernel.val, bias: layer.bias.val }));
}`,
  },
  weightsOf: {
    code: `
function weightsOf(model) {
  return model.getWeights().map((weight) => weight.clone());
}`,
  },
  setRate: {
    code: `
/** Plain descent and momentum keep their rate in a tensor, the others in a number. */
function setRate(optimizer, rate) {
  if ('setLearningRate' in optimizer) optimizer.setLearningRate(rate);
  else optimizer.learningRate = rate;
}`,
  },
  rateAt: {
    code: `
/** The last rate that was set up to this iteration. */
function rateAt(done, lr, changes) {
  const since = Object.keys(changes).filter((iteration) => Number(iteration) <= done);
  return since.length > 0 ? changes[since.at(-1)] : lr;
}`,
  },
  clipped: {
    code: `
/** The gradients, scaled down together where their joint norm is larger (Pascanu et al. 2013). */
function clipped(grads, limit) {
  const squares = Object.values(grads).map((gradient) => gradient.square().sum());
  const norm = tf.addN(squares).sqrt();
  const factor = tf.scalar(limit).div(norm.maximum(limit));
  return Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, g.mul(factor)]));
}`,
  },
  inSteps: {
    code: `
const inSteps = (progress) => (progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01);`,
  },
  cosine: {
    code: `
const cosine = (progress) => (1 + Math.cos(Math.PI * progress)) / 2;`,
  },
  oneCycle: {
    code: `
/** From a tenth up and back in equal halves, then down to a thousandth (Smith 2018). */
function oneCycle(progress) {
  if (progress < 0.45) return 0.1 + (0.9 * progress) / 0.45;
  if (progress < 0.9) return 1 - (0.9 * (progress - 0.45)) / 0.45;
  return 0.1 - (0.099 * (progress - 0.9)) / 0.1;
}`,
  },
  decayed: {
    code: `
/** An optimizer that shrinks kernels beside the gradient, not biases (Loshchilov & Hutter 2019). */
function decayed(optimizer, decay) {
  return {
    get learningRate() {
      return optimizer.learningRate;
    },
    set learningRate(rate) {
      optimizer.learningRate = rate;
    },
    applyGradients(grads) {
      for (const name of Object.keys(grads).filter((each) => each.includes('/kernel'))) {
        const kernel = tf.engine().registeredVariables[name];
        kernel.assign(kernel.mul(1 - optimizer.learningRate * decay));
      }
      optimizer.applyGradients(grads);
    },
    dispose: () => optimizer.dispose(),
  };
}`,
  },
  lion: {
    code: `
/** The sign of a momentum (Chen et al. 2023). */
function lion(learningRate) {
  const momenta = {};
  return {
    learningRate,
    applyGradients(grads) {
      for (const [name, gradient] of Object.entries(grads)) {
        const value = tf.engine().registeredVariables[name];
        momenta[name] ??= tf.variable(tf.zerosLike(value), false);
        const momentum = momenta[name];
        const change = momentum.mul(${IN_STEP.old}).add(gradient.mul(${IN_STEP.gradient})).sign();
        value.assign(value.sub(change.mul(this.learningRate)));
        momentum.assign(momentum.mul(${IN_NEXT.old}).add(gradient.mul(${IN_NEXT.gradient})));
      }
    },
    dispose: () => tf.dispose(momenta),
  };
}`,
  },
  copyOf: {
    code: `
/** The same network once more, which does not change with the first. */
function copyOf(model) {
  const copy = tf.sequential({
    layers: model.layers.map((layer) => layer.constructor.fromConfig(layer.constructor, layer.getConfig())),
  });
  copy.setWeights(model.getWeights());
  return copy;
}`,
  },
};
