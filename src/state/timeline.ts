import type { Experiment } from '../experiment/experiment';

/** How many experiments undo can go back. */
export const MAX_PAST = 200;

/** The present experiment between those before and after it. */
export interface Timeline {
  readonly present: Experiment;
  readonly past: readonly Experiment[];
  readonly future: readonly Experiment[];
  /** What the experiment was before the drag in progress; null where none is. */
  readonly held: Experiment | null;
}

export function startTimeline(present: Experiment): Timeline {
  return { present, past: [], future: [], held: null };
}

/** The same value of two experiments: both are plain data whose keys come in the schema's order. */
export function sameExperiment(a: Experiment, b: Experiment): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Puts `next` in the present's place. A transient edit is part of a drag: all of a drag are one entry
 * of the past, made by `commit`.
 */
export function edit(timeline: Timeline, next: Experiment, transient = false): Timeline {
  const held = timeline.held ?? timeline.present;
  const moved = { ...timeline, present: next, held };
  return transient ? moved : commit(moved);
}

/** Ends a drag. One that came back to where it began leaves no entry. */
export function commit(timeline: Timeline): Timeline {
  const { held, present, past } = timeline;
  if (held === null) return timeline;
  if (sameExperiment(held, present)) return { ...timeline, held: null };
  return { present, past: [...past, held].slice(-MAX_PAST), future: [], held: null };
}

export function undo(timeline: Timeline): Timeline {
  const { present, past, future } = commit(timeline);
  const before = past.at(-1);
  if (before === undefined) return { present, past, future, held: null };
  return { present: before, past: past.slice(0, -1), future: [present, ...future], held: null };
}

export function redo(timeline: Timeline): Timeline {
  const { present, past, future } = commit(timeline);
  const [after, ...rest] = future;
  if (after === undefined) return { present, past, future, held: null };
  return { present: after, past: [...past, present], future: rest, held: null };
}
