import type { Feature } from '../../experiment/dataset';

/**
 * A field for each feature, at its mean at first. Tells what the network sees at every change; null while a field
 * is empty.
 */
export function createForm(
  features: readonly Feature[],
  tell: (inputs: Float32Array | null) => void,
): HTMLElement {
  const fields = features.map(({ name, mean, deviation }) => {
    const label = document.createElement('label');
    const field = document.createElement('input');
    field.type = 'number';
    field.step = String(10 ** Math.floor(Math.log10(deviation / 5)));
    field.value = String(Number(mean.toPrecision(3)));
    label.append(name, field);
    return { label, seen: () => (field.valueAsNumber - mean) / deviation };
  });
  const look = () => {
    const inputs = Float32Array.from(fields, ({ seen }) => seen());
    tell(inputs.includes(NaN) ? null : inputs);
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
