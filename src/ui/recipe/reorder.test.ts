import { describe, expect, it } from 'vitest';
import { defaultStep, withOption } from '../../state/recipe';
import { dropIndex, keySteps, rekey } from './reorder';

const train = defaultStep('train');
const prune = defaultStep('prune');
const quantize = defaultStep('quantize');

describe('keys of cards', () => {
  it('move with the steps', () => {
    const before = keySteps([train, prune, quantize]);
    expect(rekey(before, [quantize, train, prune]).keys).toEqual([2, 0, 1]);
  });

  it('stay when a step is edited in its place', () => {
    const edited = withOption(prune, 'sparsity', 0.5) ?? prune;
    expect(rekey(keySteps([train, prune, quantize]), [train, edited, quantize]).keys).toEqual([
      0, 1, 2,
    ]);
  });

  it('are new for what is added and are gone with what is removed', () => {
    const before = keySteps([train, quantize]);
    const added = rekey(before, [train, prune, quantize]);
    expect(added.keys).toEqual([0, 2, 1]);
    const removed = rekey(added, [prune, quantize]);
    expect(removed.keys).toEqual([2, 1]);
    expect(rekey(removed, [prune, { ...train }, quantize]).keys).toEqual([2, 3, 1]);
  });
});

describe('dropping a card', () => {
  it('puts it below the cards whose middle it has passed', () => {
    const middles = [50, 150, 250, 350];
    expect(dropIndex(middles, 0, 40)).toBe(0);
    expect(dropIndex(middles, 0, 260)).toBe(2);
    expect(dropIndex(middles, 3, 10)).toBe(0);
    expect(dropIndex(middles, 1, 1000)).toBe(3);
  });
});
