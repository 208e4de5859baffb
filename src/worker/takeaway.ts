import type { Dataset } from '../data/dataset';
import type { FileFacts } from '../deploy/file-facts';
import type { Asked } from '../deploy/takeaway/config';
import { takeawayPage } from '../deploy/takeaway/page';
import { TAKEAWAY_WORDS } from '../deploy/takeaway/words';
import { encodeWhittle } from '../deploy/whittle-file';
import { makingOf } from '../draw/making';
import { toBase64 } from '../experiment/base64';
import type { Checkpoint } from '../experiment/checkpoint';
import { resolveDataset, type Field } from '../experiment/dataset';
import type { GivenAs } from '../experiment/own-dataset';
import { describeModel } from '../experiment/model';

/** One HTML file with the network, what runs it, and a pad or a form to ask it. */
export async function takeawayOf(
  checkpoint: Checkpoint,
  { link, metrics, language = 'en' }: FileFacts,
  dataset: Dataset,
): Promise<string> {
  const { info } = dataset;
  const { name, classes, given } = (await dataset.own?.()) ?? {
    name: info.id,
    classes: info.classes,
  };
  const file = encodeWhittle(checkpoint);
  const words = TAKEAWAY_WORDS[language];
  return takeawayPage({
    ...{ link, language, words },
    // Of a regression they name what is foretold, which is a number.
    classes: info.task === 'classification' ? classes : [],
    title: `${name}: ${describeModel(checkpoint.architecture)}`,
    facts: words.facts(file.length, metrics),
    asked: await askedOf(dataset, given),
    target: (await dataset.target?.()) ?? null,
    network: toBase64(file),
  });
}

/** A picture, or the numbers of a row, named if they have names. */
async function askedOf({ ref, info, fields }: Dataset, given: GivenAs | undefined): Promise<Asked> {
  const making = makingOf(info, resolveDataset(ref)?.view ?? null, given);
  if (making !== null) return { kind: 'picture', making };
  const numbers = Array.from({ length: info.shape[0] ?? 0 }, (_, i): Field => {
    return { kind: 'number', name: `x${String(i + 1)}`, mean: 0, deviation: 1 };
  });
  return { kind: 'fields', fields: (await fields?.()) ?? numbers };
}
