import type { Language } from '../../experiment/experiment';
import type { Metrics } from '../../experiment/report';

/** What a file says that was taken away. */
export interface TakeawayWords {
  /** Over a pad, and over a form. */
  readonly draw: string;
  readonly fill: string;
  readonly clear: string;
  readonly answer: string;
  /** Before the reason why the network does not run. */
  readonly failed: string;
  readonly experiment: string;
  /** A line on the network, of the length of its packed file and what was measured. */
  readonly facts: (bytes: number, metrics: Metrics | undefined) => string;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`;

export const TAKEAWAY_WORDS: Readonly<Record<Language, TakeawayWords>> = {
  en: {
    draw: 'Draw with a mouse, a pen or a finger:',
    fill: 'Change a number:',
    clear: 'Clear',
    answer: 'What the network says',
    failed: 'The network does not run in this browser; a newer one may.',
    experiment: 'The experiment that it comes from',
    facts: (bytes, { accuracy } = { examples: 0, loss: 0 }) =>
      [
        `The network in this file takes ${kilobytes(bytes)}.`,
        ...(accuracy === undefined ? [] : [`Its accuracy is ${percent(accuracy)}.`]),
      ].join(' '),
  },
  zh: {
    draw: '用鼠标、笔或手指画：',
    fill: '更改数值：',
    clear: '清除',
    answer: '网络的回答',
    failed: '网络无法在这个浏览器中运行，请换较新的浏览器。',
    experiment: '它来自的实验',
    facts: (bytes, { accuracy } = { examples: 0, loss: 0 }) =>
      [
        `这个文件中的网络占 ${kilobytes(bytes)}。`,
        ...(accuracy === undefined ? [] : [`准确率为 ${percent(accuracy)}。`]),
      ].join(''),
  },
};
