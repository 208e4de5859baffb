import type { Feature } from '../../experiment/dataset';
import { softmaxRows } from '../../engine/softmax';

/** The classes with a bar each, the likeliest marked; or the number that is the answer. */
export function createAnswer(
  parent: HTMLElement,
  classes: readonly string[],
  target: Feature | null,
) {
  const { name, mean, deviation } = target ?? { name: '', mean: 0, deviation: 1 };
  const rows = classes.map((name) => {
    const row = document.createElement('li');
    const label = document.createElement('span');
    label.textContent = name;
    const bar = document.createElement('meter');
    const share = document.createElement('output');
    row.append(label, bar, share);
    return { row, bar, share };
  });
  const list = document.createElement('ul');
  list.append(...rows.map(({ row }) => row));
  const number = document.createElement('output');
  parent.append(classes.length > 0 ? list : number);
  return {
    /** Logits, or the value; null where nothing was asked. */
    show(outputs: Float32Array | null): void {
      const value = outputs === null ? '' : ((outputs[0] ?? NaN) * deviation + mean).toPrecision(4);
      number.textContent = value === '' || name === '' ? value : `${name}: ${value}`;
      const shares = outputs === null ? null : outputs.slice();
      if (shares !== null) softmaxRows(shares, shares.length);
      const best = shares?.indexOf(Math.max(...shares));
      rows.forEach(({ row, bar, share }, i) => {
        bar.value = shares?.[i] ?? 0;
        share.textContent = shares === null ? '' : `${(100 * (shares[i] ?? 0)).toFixed(1)} %`;
        row.ariaCurrent = i === best ? 'true' : null;
      });
    },
  };
}
