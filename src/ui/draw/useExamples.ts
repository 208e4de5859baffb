import { useState } from 'react';
import { seen } from '../../experiment/dataset';
import { useWhittle, whittleSession } from '../../state/store';
import { lastDataset } from '../../techniques/dataset-at';

/** Test examples to take, from the first on. */
const LIMIT = 100;

export interface Example {
  readonly index: number;
  readonly label: number;
  /** As a network sees it. */
  readonly picture: Float32Array;
}

/** Takes examples of the test set, one after the other; they are asked for with the first. */
export function useExamples(show: (example: Example) => void): (by: 1 | -1) => void {
  const dataset = useWhittle(({ link }) => lastDataset(link.experiment));
  const seed = useWhittle(({ link }) => link.experiment.seed);
  const [all, setAll] = useState<readonly Example[]>([]);
  const [at, setAt] = useState(-1);
  const take = (examples: readonly Example[], by: 1 | -1) => {
    const next = (Math.max(at + by, -1) + examples.length) % examples.length;
    const example = examples[next];
    if (example === undefined) return;
    setAt(next);
    show(example);
  };
  return (by) => {
    if (all.length > 0) {
      take(all, by);
      return;
    }
    const { client, report } = whittleSession();
    client.request('examples', { dataset, seed, split: 'test', limit: LIMIT }).then((batch) => {
      const width = batch.inputs.length / batch.count;
      const inputs = seen(batch.inputs);
      const examples = Array.from(batch.labels, (label, index) => {
        return { index, label, picture: inputs.slice(index * width, (index + 1) * width) };
      });
      setAll(examples);
      take(examples, by);
    }, report);
  };
}
