import type { Dataset } from '../data/dataset';
import type { FileFacts } from '../deploy/file-facts';
import { takeawayPage } from '../deploy/takeaway/page';
import { TAKEAWAY_WORDS } from '../deploy/takeaway/words';
import { encodeWhittle } from '../deploy/whittle-file';
import { fitOf, isDrawable } from '../draw/fit';
import { toBase64 } from '../experiment/base64';
import type { Checkpoint } from '../experiment/checkpoint';
import type { Feature } from '../experiment/dataset';
import { describeModel } from '../experiment/model';
import { WhittleError } from '../experiment/problem';

/**
 * One HTML file with the network, what runs it, and a pad or a form to ask it.
 * @throws WhittleError `notDrawable` where examples are pictures of another kind than the pad's
 */
export async function takeawayOf(
  checkpoint: Checkpoint,
  { link, metrics, language = 'en' }: FileFacts,
  dataset: Dataset,
): Promise<string> {
  const { info } = dataset;
  if (info.shape.length === 3 && !isDrawable(info.shape)) throw notDrawable(info.shape);
  const { name, classes } = (await dataset.named?.()) ?? { name: info.id, classes: info.classes };
  const file = encodeWhittle(checkpoint);
  const words = TAKEAWAY_WORDS[language];
  return takeawayPage({
    ...{ link, language, words },
    // Of a regression they name what is foretold, which is a number.
    classes: info.task === 'classification' ? classes : [],
    title: `${name}: ${describeModel(checkpoint.architecture)}`,
    facts: words.facts(file.length, metrics),
    features: await featuresOf(dataset),
    fit: fitOf(info.id),
    target: (await dataset.target?.()) ?? null,
    network: toBase64(file),
  });
}

function notDrawable(shape: readonly number[]): WhittleError {
  const size = shape.join(' × ');
  return new WhittleError({
    code: 'notDrawable',
    params: { size },
    message: `The page has a pad of 28 × 28 pixels, in grey. A network of pictures of ${size} cannot be asked on it: save it as ONNX, TensorFlow.js or .whittle.`,
  });
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
