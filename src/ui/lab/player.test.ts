import { describe, expect, it } from 'vitest';
import { LAST_STEP } from '../../lab/options';
import { createPlayer, shownStep } from './player';

/** A player, what it wrote, and its frames by hand. */
function open(first: { step: number; total: number }, reduced = false) {
  const written: number[] = [];
  let next: ((time: number) => void) | null = null;
  const view = {
    requestAnimationFrame: (frame: (time: number) => void) => {
      next = frame;
      return 1;
    },
    cancelAnimationFrame: () => {
      next = null;
    },
    matchMedia: () => ({ matches: reduced }) as MediaQueryList,
  };
  const player = createPlayer(view, first, (step) => written.push(step));
  return {
    ...{ player, written },
    frame: (time: number) => next?.(time),
    isStill: () => next === null,
    shown: () => shownStep(player.store.getState()),
  };
}

describe('the player', () => {
  it('plays from the start once it stands at the end, and writes the step when it pauses alone', () => {
    const { player, written, frame, isStill, shown } = open({ step: LAST_STEP, total: 1000 });
    expect(shown()).toBe(1000);
    player.toggle();
    // Half of its 8 seconds are a quarter of the steps.
    for (const time of [100, 2_100, 4_100]) frame(time);
    expect(shown()).toBe(250);
    expect(written).toEqual([]);
    player.toggle();
    expect(written).toEqual([250]);
    expect(isStill()).toBe(true);
  });

  it('plays on from where it is, and ends at the end, which is no step', () => {
    const { player, written, frame, isStill, shown } = open({ step: 250, total: 1000 });
    player.toggle();
    frame(0);
    expect(shown()).toBe(250);
    frame(4_000);
    expect(shown()).toBe(1000);
    expect(isStill()).toBe(true);
    expect(written).toEqual([LAST_STEP]);
  });

  it('writes where a drag ends, once', () => {
    const { player, written, shown } = open({ step: 3, total: 20 });
    for (const step of [4, 9, 12, 11]) player.seek(step);
    expect(written).toEqual([]);
    player.commit();
    player.commit();
    expect(written).toEqual([11]);
    player.seek(-1);
    expect(shown()).toBe(0);
    player.seek(20);
    player.commit();
    expect(written).toEqual([11, LAST_STEP]);
  });

  it('goes to the step of a link, and not back to one that it wrote itself', () => {
    const { player, shown } = open({ step: 3, total: 20 });
    player.seek(9);
    player.commit();
    player.toggle();
    player.open(9);
    expect(player.store.getState().playing).toBe(true);
    player.open(5);
    expect(player.store.getState().playing).toBe(false);
    expect(shown()).toBe(5);
  });

  it('opens a link of a longer race at its step, before that race is there', () => {
    const { player, written, shown } = open({ step: 3, total: 20 });
    player.open(37);
    expect(shown()).toBe(20);
    player.setTotal(200);
    expect(shown()).toBe(37);
    player.commit();
    expect(written).toEqual([]);
  });

  it('leaps twice a second where motion is not wanted', () => {
    const { player, frame, shown } = open({ step: 0, total: 1000 }, true);
    player.toggle();
    frame(0);
    frame(400);
    expect(shown()).toBe(0);
    frame(800);
    expect(shown()).toBe(10);
  });

  it('keeps its step in a longer race, and stands at the end of a shorter one', () => {
    const { player, shown } = open({ step: 37, total: 100 });
    player.setTotal(20);
    expect(shown()).toBe(20);
    player.setTotal(200);
    expect(shown()).toBe(37);
  });
});
