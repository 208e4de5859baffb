import { load } from '../runtime';
import { createAnswer } from './answer';
import type { TakeawayConfig } from './config';
import { createForm } from './form';
import { createPad } from './pad';

/** What runs in a file that was taken away: unpacks the network, and asks it whenever something is drawn or filled in. */
const config = JSON.parse(element('config').textContent) as TakeawayConfig;
const { words, classes, features, network } = config;
const model = await load(Uint8Array.from(atob(network), (letter) => letter.charCodeAt(0)));
const answer = createAnswer(element('answer'), classes);
const ask = (inputs: Float32Array) => {
  answer.show(
    inputs.some((value) => value !== 0) || features.length > 0 ? model.predict(inputs) : null,
  );
};

if (features.length > 0) {
  element('input').append(createForm(features, ask));
} else {
  const pad = createPad(words.draw, ask);
  const clear = document.createElement('button');
  clear.textContent = words.clear;
  clear.addEventListener('click', pad.clear);
  element('input').append(pad.canvas, clear);
  answer.show(null);
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The file has no #${id}.`);
  return found;
}
