import type { Checkpoint } from '../experiment/checkpoint';
import type { Resume, StepProgress } from '../techniques/run';

/** A step in the middle: enough to go on from. */
export interface Middle {
  readonly checkpoint: Checkpoint;
  readonly resume: Resume;
}

export interface SnapshotUses {
  /** Shortest time between two looks, in milliseconds. */
  readonly lookEveryMs: number;
  readonly look: (checkpoint: Checkpoint) => Promise<void>;
  readonly save: (middle: Middle) => void;
}

const SAVE_EVERY_MS = 5_000;
/** Looking takes no more than this share of the time, however slow it is to read the network back. */
const LOOK_SHARE = 0.05;

export type Snapshots = ReturnType<typeof createSnapshots>;

/**
 * Takes snapshots of the running step when they are due: to look at, to save, and to go on from after a
 * lost backend. They do not change what training computes.
 */
export function createSnapshots({ lookEveryMs, look, save }: SnapshotUses) {
  let latest: Middle | null = null;
  let lastLook = -Infinity;
  let lookMs = 0;
  let lastSave = performance.now();

  return {
    /** Where the step can be gone on from; null at its beginning. */
    latest: () => latest,
    /** A step begins, or goes on from the middle. */
    begin: (middle: Middle | null) => {
      latest = middle;
      lastSave = performance.now();
      lastLook = -Infinity;
    },
    take: async (progress: StepProgress) => {
      latest = await progress.snapshot();
      return latest;
    },
    after: async (progress: StepProgress) => {
      const now = performance.now();
      const lookDue = now - lastLook >= Math.max(lookEveryMs, lookMs / LOOK_SHARE);
      const saveDue = now - lastSave >= SAVE_EVERY_MS;
      if (!lookDue && !saveDue) return;
      latest = await progress.snapshot();
      if (saveDue) {
        save(latest);
        lastSave = performance.now();
      }
      if (lookDue) {
        await look(latest.checkpoint);
        lastLook = performance.now();
        lookMs = lastLook - now;
      }
    },
  };
}
