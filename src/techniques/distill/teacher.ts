import type { Split } from '../../data/dataset';
import type { Trainer } from '../../engine/trainer';
import type { Batch } from '../../experiment/dataset';

/** What a teacher says of each example of a split. It is asked once of each, when that is first needed. */
export class Teacher {
  readonly #split: Split;
  readonly #trainer: Pick<Trainer, 'predict' | 'architecture'>;
  readonly #outputs: Float32Array;
  readonly #isKnown: Uint8Array;

  constructor(split: Split, trainer: Pick<Trainer, 'predict' | 'architecture'>) {
    this.#split = split;
    this.#trainer = trainer;
    this.#outputs = new Float32Array(split.count * trainer.architecture.outputs);
    this.#isKnown = new Uint8Array(split.count);
  }

  /**
   * The split whose batches are changed by what the teacher says of them, `[count, outputs]`. What it says of an
   * example does not depend on the others in its batch, so it does not matter where training goes on from.
   */
  teaching(change: (batch: Batch, outputs: Float32Array) => Batch): Split {
    return {
      ...this.#split,
      gather: async (indices) => {
        const batch = await this.#split.gather(indices);
        return change(batch, await this.#sayOf(batch, Array.from(indices)));
      },
    };
  }

  async #sayOf(batch: Batch, indices: readonly number[]): Promise<Float32Array> {
    const { outputs: width } = this.#trainer.architecture;
    if (!indices.every((index) => this.#isKnown[index] === 1)) {
      const said = await this.#trainer.predict(batch);
      indices.forEach((index, row) => {
        this.#outputs.set(said.subarray(row * width, (row + 1) * width), index * width);
        this.#isKnown[index] = 1;
      });
      return said;
    }
    const said = new Float32Array(indices.length * width);
    indices.forEach((index, row) => {
      said.set(this.#outputs.subarray(index * width, (index + 1) * width), row * width);
    });
    return said;
  }
}

/** For classes: the loss asks for the teacher's logits themselves. */
export function withLogits(batch: Batch, teacher: Float32Array): Batch {
  return { ...batch, teacher };
}

/**
 * For numbers: targets a share of the way to what the teacher says. The squared error to them has the gradient of
 * `weight` of the error to the teacher and `1 − weight` of that to the targets.
 */
export function mixedTargets(weight: number): (batch: Batch, teacher: Float32Array) => Batch {
  return (batch, teacher) => ({
    ...batch,
    targets: batch.targets.map((target, i) => target + weight * ((teacher[i] ?? 0) - target)),
  });
}
