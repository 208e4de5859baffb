import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment';
import { commit, edit, MAX_PAST, redo, startTimeline, undo } from './timeline';
import type { Timeline } from './timeline';

const experimentOf = (seed: number): Experiment => ({
  dataset: 'mnist',
  model: 'lenet-300-100',
  seed,
  recipe: [],
});

const seeds = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });

function editAll(timeline: Timeline, values: readonly number[], transient = false): Timeline {
  return values.reduce((now, seed) => edit(now, experimentOf(seed), transient), timeline);
}

describe('undo and redo', () => {
  it('undo after any edits leads back to the first experiment', () => {
    fc.assert(
      fc.property(seeds, (values) => {
        let timeline = editAll(startTimeline(experimentOf(100)), values);
        while (timeline.past.length > 0) timeline = undo(timeline);
        expect(timeline.present).toEqual(experimentOf(100));
      }),
    );
  });

  it('redo takes back an undo exactly', () => {
    fc.assert(
      fc.property(seeds, (values) => {
        const timeline = editAll(startTimeline(experimentOf(100)), values);
        fc.pre(timeline.past.length > 0);
        expect(redo(undo(timeline))).toEqual(timeline);
      }),
    );
  });

  it('all of a drag are one entry', () => {
    const dragged = commit(editAll(startTimeline(experimentOf(100)), [1, 2, 3, 4], true));
    expect(dragged.past).toEqual([experimentOf(100)]);
    expect(dragged.present).toEqual(experimentOf(4));
    expect(undo(dragged).present).toEqual(experimentOf(100));
  });

  it('undo in the middle of a drag ends it and goes to where it began', () => {
    const dragging = editAll(startTimeline(experimentOf(100)), [1, 2], true);
    expect(undo(dragging).present).toEqual(experimentOf(100));
  });

  it('a drag that comes back to where it began leaves no entry and keeps what can be redone', () => {
    const undone = undo(edit(startTimeline(experimentOf(1)), experimentOf(2)));
    const back = commit(editAll(undone, [5, 1], true));
    expect(back.past).toEqual([]);
    expect(back.future).toEqual([experimentOf(2)]);
  });

  it('an edit forgets what could be redone', () => {
    const undone = undo(editAll(startTimeline(experimentOf(1)), [2, 3]));
    expect(edit(undone, experimentOf(4)).future).toEqual([]);
  });

  it('the past is bounded', () => {
    const many = Array.from({ length: MAX_PAST + 50 }, (_, index) => index);
    expect(editAll(startTimeline(experimentOf(1000)), many).past).toHaveLength(MAX_PAST);
  });
});
