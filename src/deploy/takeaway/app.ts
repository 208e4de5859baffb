import { fromBase64 } from '../../experiment/base64';
import { load } from '../runtime';
import { createAnswer } from './answer';
import type { TakeawayConfig } from './config';
import { createEasel } from './easel';
import { createForm } from './form';

/** What runs in a file that was taken away: unpacks the network, and asks it whenever something is drawn or filled in. */
const config = JSON.parse(element('config').textContent) as TakeawayConfig;

start(config).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  element('answer').textContent = `${config.words.failed} ${reason}`;
});

async function start(given: TakeawayConfig): Promise<void> {
  const { words, classes, asked, target, network } = given;
  const model = await load(fromBase64(network));
  const answer = createAnswer(element('answer'), classes, target);
  const ask = (inputs: Float32Array | null) => {
    answer.show(inputs && model.predict(inputs));
  };
  const parts =
    asked.kind === 'fields'
      ? [createForm(asked.fields, ask)]
      : createEasel(asked.making, words, ask);
  element('input').append(...parts);
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The file has no #${id}.`);
  return found;
}
