import { describe, expect, it } from 'vitest';
import { translator } from './translate';

const words = {
  tray: { eggs_one: '{{count}} egg', eggs_other: '{{count}} eggs', 'T-shirt': 'shirt' },
  sum: '{{whole, number}} of {{name}} in $t(tray.{{what}})',
};
const { t, exists } = translator('en', words);

describe('a translator', () => {
  it('chooses the plural form of the language', () => {
    expect([0, 1, 2].map((count) => t('tray.eggs', { count }))).toEqual([
      '0 eggs',
      '1 egg',
      '2 eggs',
    ]);
    const chinese = translator('zh', { eggs_other: '{{count}} 个鸡蛋' });
    expect(chinese.t('eggs', { count: 1 })).toBe('1 个鸡蛋');
  });

  it('fills gaps by name, with digits grouped and with other sentences', () => {
    const gaps = { whole: 1_234, name: 'b', what: 'T-shirt' };
    expect(t('sum', gaps)).toBe('1,234 of b in shirt');
  });

  it('leaves alone what filled a gap, and gaps that nothing fills', () => {
    expect(t('sum', { whole: 1, name: '{{whole}}$t(sum)' })).toBe(
      '1 of {{whole}}$t(sum) in tray.{{what}}',
    );
  });

  it('falls back to what it is given, then to the key', () => {
    for (const key of ['none', 'tray', 'tray.none', 'constructor', 'tray.T-shirt.length']) {
      expect(exists(key)).toBe(false);
      expect(t(key, {}, 'as it is {{count}}')).toBe('as it is {{count}}');
      expect(t(key)).toBe(key);
    }
  });
});
