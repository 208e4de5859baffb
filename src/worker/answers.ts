import { softmaxRows } from '../engine/softmax';
import type { Network } from '../engine/trainer';
import type { Work } from './measure';

/**
 * What each network says of one example: probabilities of classes, or values. Null for a network that is not
 * there. `inputs`: as a network sees them, one example's shape.
 */
export async function answersTo(
  inputs: Float32Array,
  networks: readonly (Network | null)[],
  { engine, pace, signal }: Pick<Work, 'engine' | 'pace' | 'signal'>,
): Promise<readonly (Float32Array | null)[]> {
  const example = { count: 1, inputs, labels: new Int32Array(0), targets: new Float32Array(0) };
  const answers: (Float32Array | null)[] = [];
  for (const network of networks) {
    if (network === null) {
      answers.push(null);
      continue;
    }
    signal.throwIfAborted();
    const trainer = await engine.open(network);
    try {
      const outputs = await trainer.predict(example);
      const { task } = network.architecture;
      if (task === 'classification') softmaxRows(outputs, outputs.length);
      answers.push(outputs);
    } finally {
      trainer.dispose();
    }
    await pace();
  }
  return answers;
}
