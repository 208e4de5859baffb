import { expect, test } from 'vitest';
import { LENET_300_100, networkOf, pruned } from '../../engine/testing/networks';
import { quantize } from '../../techniques/quantize/quantize';
import { quantizeSpec } from '../../techniques/quantize/spec';
import { applyMasks } from '../../techniques/prune/apply-mask';
import { checkpointOf } from '../../techniques/testing/networks';
import { encodeWhittle } from '../whittle-file';
import { toBase64 } from '../../experiment/base64';
import { takeawayPage } from './page';
import { TAKEAWAY_WORDS } from './words';

const { en: words } = TAKEAWAY_WORDS;
const language = 'en';
const DIGIT = { kind: 'ink', fit: 'digit', inverted: false, rotated: false } as const;

test('the whole page of LeNet-300-100 with 8 % of its weights in 4-bit codes has at most 60 KB', async () => {
  const whole = checkpointOf(LENET_300_100, 1);
  const sparse = applyMasks(whole, pruned(networkOf(LENET_300_100, 1), 0.92, 2).masks, 1);
  const options = { scheme: 'codebook', bits: 4, granularity: 'tensor' };
  const network = encodeWhittle(quantize(sparse, quantizeSpec.options.parse(options)));
  const page = await takeawayPage({
    ...{ title: 'Digits', link: 'https://example.org/#v=1', facts: '98 %', words, language },
    ...{
      classes: Array.from('0123456789'),
      asked: { kind: 'picture', making: DIGIT },
      target: null,
      network: toBase64(network),
    },
  });
  expect(network.length).toBeGreaterThan(20_000);
  expect(new Blob([page]).size).toBeLessThanOrEqual(60_000);
});

test('what is named in it is text, never markup', async () => {
  const page = await takeawayPage({
    ...{
      title: '<img src=x onerror=alert(1)>',
      link: '"><script>',
      facts: '</script>',
      words,
      language,
    },
    ...{
      classes: ['</script><b>'],
      asked: { kind: 'picture', making: DIGIT },
      target: null,
      network: '',
    },
  });
  expect(page).not.toMatch(/<img|<b>|"><script>/);
  expect(page.match(/<\/script>/g)).toHaveLength(3);
});
