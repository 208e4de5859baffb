import type { Feature } from '../../experiment/dataset';

/** A field for each feature, at its mean at first. Tells what the network sees at every change. */
export function createForm(
  features: readonly Feature[],
  tell: (inputs: Float32Array) => void,
): HTMLElement {
  const fields = features.map(({ name, mean, deviation }) => {
    const label = document.createElement('label');
    const field = document.createElement('input');
    field.type = 'number';
    field.step = String(10 ** Math.floor(Math.log10(deviation / 5)));
    field.value = String(Number(mean.toPrecision(3)));
    label.append(name, field);
    return { label, seen: () => ((field.valueAsNumber || 0) - mean) / deviation };
  });
  const look = () => {
    tell(Float32Array.from(fields, ({ seen }) => seen()));
  };
  const form = document.createElement('form');
  form.append(...fields.map(({ label }) => label));
  form.addEventListener('input', look);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  look();
  return form;
}
