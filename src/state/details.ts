import type { Experiment } from '../experiment/experiment';
import { readVariantId } from '../experiment/variant-id';
import type { At } from '../worker/protocol';
import type { VariantDetail } from './page-state';
import { defaultChoice } from './results';
import type { Client, PageStore } from './session';
import { isAbort } from './timing';
import { toProblem } from '../experiment/problem';

/** Examples shown of those on which two variants disagree. */
const DISAGREEMENTS = 24;

/** The checkpoint that a variant's id names in an experiment; null for an id that is none. */
export function variantAt(experiment: Experiment, id: string): At | null {
  const name = readVariantId(id);
  if (name === null) return null;
  const at = { experiment, step: name.step };
  return name.alone ? { ...at, alone: true } : at;
}

/** Looks inside networks: the one that was reached last, and the two variants that are chosen. */
export function createDetails(store: PageStore, client: Client) {
  let choosing = new AbortController();
  let looking = new AbortController();

  const fail = (error: unknown) => {
    if (isAbort(error)) return;
    store.setState(({ problems }) => ({ problems: [...problems, toProblem(error)] }));
  };

  async function choose(a: string, b: string): Promise<void> {
    choosing.abort();
    choosing = new AbortController();
    const { signal } = choosing;
    const { experiment } = store.getState().link;
    const [first, second] = [variantAt(experiment, a), variantAt(experiment, b)];
    if (first === null || second === null) return;
    store.setState({ chosen: [a, b] });
    try {
      const [lookA, lookB, disagreements] = await Promise.all([
        client.request('look', first, { signal }),
        client.request('look', second, { signal }),
        client.request('disagreements', { a: first, b: second, limit: DISAGREEMENTS }, { signal }),
      ]);
      if (signal.aborted) return;
      const details: [VariantDetail, VariantDetail] | null =
        lookA && lookB
          ? [
              { id: a, look: lookA },
              { id: b, look: lookB },
            ]
          : null;
      store.setState({ details, disagreements });
    } catch (error) {
      fail(error);
    }
  }

  async function look(): Promise<void> {
    looking.abort();
    looking = new AbortController();
    const { signal } = looking;
    const { link, reached } = store.getState();
    const at = { experiment: link.experiment, step: reached };
    try {
      const result = await client.request('look', at, { signal });
      if (!signal.aborted) store.setState({ look: result });
    } catch (error) {
      fail(error);
    }
  }

  return {
    choose: (a: string, b: string) => {
      void choose(a, b);
    },
    /** Follows new variants: the chosen pair is looked at anew, or a pair is chosen where it is gone. */
    refresh(): void {
      const { variants, chosen } = store.getState();
      const ids = variants.map(({ id }) => id);
      const pair = chosen?.every((id) => ids.includes(id)) ? chosen : defaultChoice(variants);
      choosing.abort();
      if (pair === null) store.setState({ chosen: null, details: null, disagreements: null });
      else void choose(...pair);
      void look();
    },
  };
}
