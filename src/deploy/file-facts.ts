import type { Language } from '../experiment/experiment';
import type { Metrics } from '../experiment/report';

/** What a file says of the network in it, beside the numbers: where it comes from, and how good it is. */
export interface FileFacts {
  /** The experiment's link, and which variant of it this is. */
  readonly link: string;
  readonly variant: string;
  /** Of Whittle. */
  readonly version: string;
  /** Of what is to be read; English where it is absent. */
  readonly language?: Language;
  /** On the whole test set, as the page shows them; absent: not measured. */
  readonly metrics?: Metrics;
}

/** The facts as texts by name, for formats that have room for such. */
export function factTexts({ link, variant, version, metrics }: FileFacts): Record<string, string> {
  const { accuracy, r2, examples } = metrics ?? {};
  return {
    generator: `Whittle ${version}`,
    ...{ link, variant },
    ...(accuracy !== undefined && { accuracy: String(accuracy) }),
    ...(r2 !== undefined && { r2: String(r2) }),
    ...(examples !== undefined && { testExamples: String(examples) }),
  };
}
