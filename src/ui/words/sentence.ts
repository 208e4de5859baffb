import type { Compression, VariantRole } from '../../experiment/report';

/** Examples of one class that a network gave the name of another; `label` and `answer` as the data set names them. */
export interface Confusion {
  readonly label: string;
  readonly answer: string;
  /** How many, or how many more than before. */
  readonly count: number;
}

/** What can be scored without looking at the example. */
export interface Guess {
  /** The most frequent class of the test set, and the accuracy of always answering it. */
  readonly answer: string;
  readonly share: number;
  /** The network does just that, with this class, for every test example. */
  readonly stuckOn: string | null;
}

/** What weights were rounded to: so many bits all of them, on average, or as each layer has it. */
export type WeightBits = number | { readonly average: number } | 'byLayer';
export interface Bits {
  readonly weights: WeightBits;
  /** Null where they are not rounded. */
  readonly activations: number | null;
}

/** What was done to a network. `share`: of the baseline's weights (or parameters), those zero or gone. */
export type Change =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'pruned'; readonly of: 'weights' | 'parameters'; readonly share: number }
  | { readonly kind: 'quantized'; readonly bits: Bits }
  | {
      readonly kind: 'both';
      readonly of: 'weights' | 'parameters';
      readonly share: number;
      readonly bits: Bits;
    }
  /** `smaller`: with fewer parameters; `replaced`: another network with as many or more. */
  | {
      readonly kind: 'smaller' | 'replaced';
      readonly parameters: number;
      readonly before: number;
      /** Share of its own parameters that are zero; null where none was set to zero. */
      readonly zeros: number | null;
      /** Null where its weights are not rounded. */
      readonly bits: Bits | null;
    };

/** `chance`: another test set of this size could show none; `open`: not enough is known to say. */
export type Verdict = 'clear' | 'chance' | 'open';

/** How good a network is, compared with the baseline where there is one. */
export type Score =
  | {
      readonly kind: 'fell' | 'rose';
      /** Of accuracy, in percentage points, positive. */
      readonly points: number;
      /** Test examples more (fell) or fewer (rose) that are wrong. */
      readonly wrong: number;
      readonly examples: number;
      readonly verdict: Verdict;
      /** The confusion that grew most; null where none stands out. */
      readonly where: Confusion | null;
    }
  | {
      readonly kind: 'same';
      readonly accuracy: number;
      readonly wrong: number;
      readonly examples: number;
    }
  | {
      readonly kind: 'guessing';
      readonly accuracy: number;
      /** Null where there is no baseline, or where it was guessing too. */
      readonly before: number | null;
      readonly examples: number;
      readonly guess: Guess;
    }
  | { readonly kind: 'accuracy'; readonly accuracy: number; readonly examples: number }
  | {
      /** Of the error: it rose, it fell, or `about`: by less than says anything on so many examples. */
      readonly kind: 'fitFell' | 'fitRose' | 'fitAbout';
      readonly r2: number;
      readonly mse: number;
      readonly mseBefore: number;
      readonly examples: number;
    }
  | { readonly kind: 'noFit'; readonly r2: number; readonly r2Before: number | null }
  | { readonly kind: 'fit'; readonly r2: number; readonly mse: number };

/** Why a network is as fast as it is. */
export type SpeedReason =
  | { readonly kind: 'zeros' | 'rounded' | 'zerosRounded' | 'unchanged' }
  | { readonly kind: 'integers' | 'integersDespite' }
  /** `less`: how many times fewer multiplications. */
  | { readonly kind: 'smaller' | 'despite'; readonly less: number }
  | { readonly kind: 'larger'; readonly more: number }
  /** A batch takes only `times` as long as a single example. */
  | {
      readonly kind: 'start';
      readonly less: number;
      readonly batch: number;
      readonly times: number;
    };

export type Advice =
  | {
      readonly kind:
        | 'trainMore'
        | 'moreExamples'
        | 'retrain'
        | 'pruneLess'
        | 'pruneLessOfBoth'
        | 'pruneMore'
        | 'trainThin'
        | 'lessThin'
        | 'thinner'
        | 'largerStudent'
        | 'smallerStudent';
    }
  /** Rounding made the file larger; `perChannel`: with a scale for each channel, which may be why. */
  | {
      readonly kind: 'roundingGrows';
      readonly perChannel: boolean;
      readonly bytes: number;
      readonly before: number;
    }
  | {
      readonly kind: 'moreBits' | 'moreBitsOfBoth' | 'perChannel' | 'fewerBits' | 'furtherBoth';
      readonly bits: number;
    };

/** One sentence of the card before it is put into a language: what it says, and its numbers. */
export type Sentence =
  | { readonly key: 'empty'; readonly why: 'idle' | 'running' | 'failed' | 'noSteps' }
  | {
      readonly key: 'learned';
      readonly accuracy: number;
      readonly wrong: number;
      readonly examples: number;
      readonly mistake: Confusion | null;
    }
  /** Where accuracy lies with 95 % confidence: said of small test sets. */
  | { readonly key: 'margin'; readonly low: number; readonly high: number }
  | {
      readonly key: 'guessed';
      readonly accuracy: number;
      readonly examples: number;
      readonly guess: Guess;
    }
  | {
      readonly key: 'fitted';
      readonly r2: number;
      readonly mse: number;
      readonly examples: number;
    }
  | { readonly key: 'unfitted'; readonly r2: number }
  | { readonly key: 'pending' | 'pendingIdle' | 'addStep' | 'noBaseline' | 'speedUnknown' }
  /** What had been done to the baseline before it came from its file. */
  | { readonly key: 'brought'; readonly compressions: readonly Compression[] }
  | { readonly key: 'outcome'; readonly change: Change; readonly score: Score }
  | {
      readonly key: 'size';
      readonly verdict: 'smaller' | 'same' | 'larger';
      /** How many times smaller or larger, at least 1. */
      readonly times: number;
      readonly bytes: number;
      readonly before: number;
    }
  | {
      readonly key: 'speed';
      readonly verdict: 'faster' | 'same' | 'slower';
      readonly times: number;
      readonly reason: SpeedReason | null;
    }
  | {
      /** Whittle's own runtime with the packed file, against ONNX Runtime, and against the baseline there. */
      readonly key: 'ownSpeed' | 'ownBaseline';
      readonly verdict: 'faster' | 'same' | 'slower';
      readonly times: number;
    }
  | { readonly key: 'advice'; readonly advice: Advice };

/** What the card is about. */
export interface Subject {
  readonly role: VariantRole;
  readonly compressions: readonly Compression[];
  /** Whether it is compared with a baseline. */
  readonly compared: boolean;
}
