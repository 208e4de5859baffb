import type { Making } from '../../draw/making';
import type { Feature, Field } from '../../experiment/dataset';
import type { Language } from '../../experiment/experiment';
import type { TakeawayWords } from './words';

/** What the network is asked: a row to fill in, or a picture. */
export type Asked =
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'picture'; readonly making: Making };

/** What the file shows and asks; JSON in its text. */
export interface TakeawayConfig {
  readonly title: string;
  readonly language: Language;
  /** Where the experiment is. */
  readonly link: string;
  /** A line on the network: its accuracy, its size. */
  readonly facts: string;
  readonly words: Omit<TakeawayWords, 'facts'>;
  /** Names of the classes; none where a number is the answer. */
  readonly classes: readonly string[];
  readonly asked: Asked;
  /** What a number that is the answer was before it was standardized; null where it is as it was. */
  readonly target: Feature | null;
  /** The packed file, in base64. */
  readonly network: string;
}
