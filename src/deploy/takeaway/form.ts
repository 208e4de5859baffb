import type { Feature, Field } from '../../experiment/dataset';
import { labelled } from './labelled';

/** A column to fill in: what a network sees of it, one number or more. */
interface Entry {
  readonly label: HTMLElement;
  readonly seen: () => readonly number[];
}

/**
 * A field for each column: numbers at their mean at first, categories at the first. Tells what the network sees at
 * every change; null while a number is missing.
 */
export function createForm(
  columns: readonly Field[],
  tell: (inputs: Float32Array | null) => void,
): HTMLElement {
  const entries = columns.map((column) =>
    column.kind === 'number' ? numberEntry(column) : categoryEntry(column.name, column.categories),
  );
  const look = () => {
    const inputs = Float32Array.from(entries.flatMap(({ seen }) => seen()));
    tell(inputs.includes(NaN) ? null : inputs);
  };
  const form = document.createElement('form');
  form.append(...entries.map(({ label }) => label));
  form.addEventListener('input', look);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  look();
  return form;
}

/** Standardized as the training part was. */
function numberEntry({ name, mean, deviation }: Feature): Entry {
  const field = document.createElement('input');
  field.type = 'number';
  field.step = String(10 ** Math.floor(Math.log10(deviation / 5)));
  field.value = String(Number(mean.toPrecision(3)));
  return { label: labelled(name, field), seen: () => [(field.valueAsNumber - mean) / deviation] };
}

/** One input for each category. */
function categoryEntry(name: string, categories: readonly string[]): Entry {
  const field = document.createElement('select');
  field.append(...categories.map((category) => new Option(category)));
  return {
    label: labelled(name, field),
    seen: () => categories.map((_, i) => Number(i === field.selectedIndex)),
  };
}
