import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkSettings,
  LAYER_SETTINGS,
  layerSettings,
  mapSettings,
  ownValues,
  withSetting,
} from './layer-settings';

const SHARES = { min: 0, max: 0.999, integer: false };
const BITS = { min: 1, max: 16, integer: true };
const LAYERS = ['conv1', 'dense1', 'dense2'];

const name = fc.constantFrom('conv1', 'conv2', 'dense1', 'dense2', 'dense10');
const share = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);

describe('the text of settings', () => {
  test('names a layer and its value in turn', () => {
    expect(layerSettings('dense1~0.95~conv2~3')).toEqual([
      { layer: 'dense1', value: 0.95 },
      { layer: 'conv2', value: 3 },
    ]);
    expect(layerSettings('')).toEqual([]);
  });

  test('holds what was set last, whatever was set before, and fits into a link', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.option(share))), (edits) => {
        const text = edits.reduce((now, [layer, value]) => withSetting(now, layer, value), '');
        const expected = new Map<string, number>();
        for (const [layer, value] of edits) {
          if (value === null) expected.delete(layer);
          else expected.set(layer, value);
        }
        expect(new Map([...ownValues(text)].sort())).toEqual(new Map([...expected].sort()));
        expect(text).toMatch(LAYER_SETTINGS);
        expect(text).toMatch(/^[a-z0-9.~]*$/);
      }),
    );
  });

  test('is the same whichever layer was set first', () => {
    const one = withSetting(withSetting('', 'dense2', 0.5), 'conv1', 0.25);
    const other = withSetting(withSetting('', 'conv1', 0.25), 'dense2', 0.5);
    expect(one).toBe('conv1~0.25~dense2~0.5');
    expect(other).toBe(one);
  });

  test('keeps the names where every value changes', () => {
    expect(mapSettings('dense1~0.5~dense2~0.25', ({ value }) => value / 2)).toBe(
      'dense1~0.25~dense2~0.125',
    );
  });

  test.each(['dense1', 'dense1~', 'dense1~x', '~0.5', 'dense1~0.5~', '1~2', 'dense1~-1'])(
    'does not read %s',
    (text) => {
      expect(text).not.toMatch(LAYER_SETTINGS);
    },
  );
});

describe('settings that cannot be', () => {
  const problem = (text: string, range = SHARES) => checkSettings(text, LAYERS, range);

  test('name the layer that is not there, and those that are', () => {
    expect(problem('dense3~0.5')).toMatchObject({ code: 'noSuchLayer', at: 'layers' });
    expect(problem('dense3~0.5')?.message).toMatch(/dense3.*conv1, dense1, dense2/);
  });

  test('are of a layer that is set twice', () => {
    expect(problem('dense1~0.5~dense1~0.6')).toMatchObject({ code: 'layerSetTwice', at: 'layers' });
  });

  test('lie beyond what is possible', () => {
    expect(problem('dense1~1')).toMatchObject({ code: 'layerNeedsNumber', at: 'layers' });
    for (const bits of ['0', '17', '3.5']) {
      expect(problem(`dense1~${bits}`, BITS)).toMatchObject({ code: 'layerNeedsInteger' });
    }
  });

  test('are not those that can', () => {
    expect(problem('')).toBeNull();
    expect(problem('conv1~0~dense2~0.999')).toBeNull();
    expect(problem('conv1~1~dense2~16', BITS)).toBeNull();
  });
});
