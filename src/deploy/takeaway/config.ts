import type { FitId } from '../../draw/fit';
import type { Feature } from '../../experiment/dataset';
import type { Language } from '../../experiment/experiment';
import type { TakeawayWords } from './words';

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
  /** The numbers to fill in; none where a picture is drawn. */
  readonly features: readonly Feature[];
  /** How a drawing comes into a picture. */
  readonly fit: FitId;
  /** What a number that is the answer was before it was standardized; null where it is as it was. */
  readonly target: Feature | null;
  /** The packed file, in base64. */
  readonly network: string;
}
