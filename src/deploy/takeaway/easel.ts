import { exampleFrom, exampleOf, layable, padLook, type Making } from '../../draw/making';
import { createLatest } from '../../draw/latest';
import { createPad, inkOn } from '../../draw/pad';
import { labelled } from './labelled';
import type { TakeawayWords } from './words';

/**
 * A pad to draw an example on; where the whole pad is the picture, also to lay one on: chosen, dropped or pasted.
 * Tells the example at every change, null once it is cleared.
 */
export function createEasel(
  making: Making,
  words: Omit<TakeawayWords, 'facts'>,
  tell: (example: Float32Array | null) => void,
): readonly HTMLElement[] {
  const canvas = document.createElement('canvas');
  canvas.role = 'img';
  canvas.ariaLabel = words.draw;
  const look = padLook(making);
  const trouble = document.createElement('p');
  trouble.role = 'alert';
  const latest = createLatest();
  const pad = createPad(canvas, look, (image) => {
    latest.stop();
    trouble.textContent = '';
    tell(image && exampleOf(making, image));
  });
  const clear = document.createElement('button');
  clear.textContent = words.clear;
  clear.addEventListener('click', pad.clear);
  tell(null);
  if (making.kind === 'ink') return [canvas, clear];

  const take = (file: Blob | undefined) => {
    if (file === undefined) return;
    latest.wait(
      exampleFrom(making, file),
      (example) => {
        trouble.textContent = '';
        pad.put(layable(making, example));
        tell(example);
      },
      () => {
        trouble.textContent = words.noPicture;
      },
    );
  };
  takePictures(take);
  const tools = making.channels === 3 ? [inkField(words.ink, inkOn(look), pad.setInk)] : [];
  return [canvas, clear, ...tools, pictureField(words.choose, take), trouble];
}

/** Pictures that are dropped anywhere, or pasted. */
function takePictures(take: (file: Blob | undefined) => void): void {
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
  document.addEventListener('paste', (event) => {
    take(event.clipboardData?.files[0]);
  });
}

function pictureField(name: string, take: (file: Blob | undefined) => void): HTMLElement {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = 'image/*';
  field.addEventListener('change', () => {
    take(field.files?.[0]);
    field.value = '';
  });
  return labelled(name, field);
}

function inkField(name: string, colour: string, set: (colour: string) => void): HTMLElement {
  const field = document.createElement('input');
  field.type = 'color';
  field.value = colour;
  field.addEventListener('input', () => {
    set(field.value);
  });
  return labelled(name, field);
}
