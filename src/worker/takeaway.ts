import type { Dataset } from '../data/dataset';
import { toBase64 } from '../deploy/takeaway/base64';
import type { TakeawayConfig } from '../deploy/takeaway/config';
import { encodeWhittle } from '../deploy/whittle-file';
import type { Checkpoint } from '../experiment/checkpoint';
import type { Feature } from '../experiment/dataset';

/** What the page says of a network that is taken away, in its language. */
export type TakeawayTexts = Omit<TakeawayConfig, 'features' | 'network'>;

/** One HTML file with the network, what runs it, and a pad or a form to ask it. */
export async function takeawayOf(
  checkpoint: Checkpoint,
  dataset: Dataset,
  texts: TakeawayTexts,
): Promise<string> {
  const { takeawayPage } = await import('../deploy/takeaway/page');
  const features = await featuresOf(dataset);
  return takeawayPage({ ...texts, features, network: toBase64(encodeWhittle(checkpoint)) });
}

/** The numbers of a row, named if they have names; a picture is drawn, and has none. */
async function featuresOf({ info, features }: Dataset): Promise<readonly Feature[]> {
  const [count = 0, ...others] = info.shape;
  if (others.length > 0) return [];
  const named = await features?.();
  return (
    named ??
    Array.from({ length: count }, (_, i) => ({ name: `x${String(i + 1)}`, mean: 0, deviation: 1 }))
  );
}
