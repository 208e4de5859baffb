import { expect, test } from 'vitest';
import { sketch } from '../engine/testing/networks';
import { checkpointOf } from '../techniques/testing/networks';
import { encodeJson } from './plain-json';

test('a network as JSON holds every number, and null where one is none or infinite', () => {
  const checkpoint = checkpointOf(sketch([2], [{ type: 'dense', units: 2 }]), 1);
  const { 'dense1.kernel': kernel, ...others } = checkpoint.parameters;
  if (kernel === undefined) throw new Error('There is no kernel.');
  const values = Float32Array.of(0.1, -2, NaN, -Infinity);
  const parameters = { 'dense1.kernel': { ...kernel, values }, ...others };
  const facts = { link: 'v=1', variant: 's0', version: '0.1.0' };
  const text = new TextDecoder().decode(encodeJson({ ...checkpoint, parameters }, facts));
  expect(JSON.parse(text)).toMatchObject({
    parameters: {
      'dense1.kernel': { shape: [2, 2], values: [Math.fround(0.1), -2, null, null] },
      'dense1.bias': { shape: [2], values: Array.from(others['dense1.bias']?.values ?? []) },
    },
  });
});
