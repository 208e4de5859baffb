import type { Feature } from '../../experiment/dataset';

/** What the file shows and asks; JSON in its text. */
export interface TakeawayConfig {
  readonly title: string;
  /** Where the experiment is. */
  readonly link: string;
  /** A line on the network: its accuracy, its size. */
  readonly facts: string;
  /** What the pad or the form says. */
  readonly words: {
    readonly draw: string;
    readonly clear: string;
    readonly answer: string;
    readonly experiment: string;
  };
  /** Names of the classes; none where a number is the answer. */
  readonly classes: readonly string[];
  /** The numbers to fill in; none where a digit is drawn. */
  readonly features: readonly Feature[];
  /** The packed file, in base64. */
  readonly network: string;
}
