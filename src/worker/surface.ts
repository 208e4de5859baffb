import { softmaxRows } from '../engine/softmax';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import type { Look } from './protocol';

const SIDE = 48;
/** The planar sets lie within the unit square around the origin; their noise reaches a little beyond. */
const EXTENT = 1.25;

/** What the network answers on a grid over the plane, from the lower left, row by row upwards. */
export async function surfaceOf(engine: Engine, checkpoint: Checkpoint): Promise<Look['surface']> {
  const { examples: learned } = checkpoint;
  const { outputs, task } = checkpoint.architecture;
  const trainer = await engine.open(checkpoint);
  try {
    const values = await trainer.predict({
      count: SIDE * SIDE,
      inputs: gridPoints(),
      labels: new Int32Array(0),
      targets: new Float32Array(0),
    });
    if (task === 'classification') softmaxRows(values, outputs);
    return { side: SIDE, extent: EXTENT, outputs, values, ...(learned && { learned }) };
  } finally {
    trainer.dispose();
  }
}

/** Centres of the cells, `[side · side, 2]`. */
function gridPoints(): Float32Array {
  const at = (cell: number) => ((2 * cell + 1) / SIDE - 1) * EXTENT;
  return Float32Array.from({ length: SIDE * SIDE * 2 }, (_, i) => {
    const cell = Math.floor(i / 2);
    return at(i % 2 === 0 ? cell % SIDE : Math.floor(cell / SIDE));
  });
}
