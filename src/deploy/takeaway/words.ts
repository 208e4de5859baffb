import type { Language } from '../../experiment/experiment';
import type { Metrics } from '../../experiment/report';

/** What a file says that was taken away. */
export interface TakeawayWords {
  /** Over a pad, over one that takes pictures, and over a form. */
  readonly draw: string;
  readonly give: string;
  readonly fill: string;
  /** Beside what chooses a picture, and the colour of the pen. */
  readonly choose: string;
  readonly ink: string;
  readonly noPicture: string;
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
    give: 'Drop or paste a picture here, choose one, or draw:',
    fill: 'Change what is known:',
    choose: 'A picture',
    ink: 'Colour of the pen',
    noPicture: 'This browser cannot read that as a picture. Try a PNG, JPEG or WebP file.',
    clear: 'Clear',
    answer: 'What the network says',
    failed: 'The network does not run in this browser; a newer one may.',
    experiment: 'The experiment that it comes from',
    facts: (bytes, { accuracy, r2 } = { examples: 0, loss: 0 }) =>
      [
        `The network in this file takes ${kilobytes(bytes)}.`,
        ...(accuracy === undefined ? [] : [`Its accuracy is ${percent(accuracy)}.`]),
        ...(r2 === undefined ? [] : [`Its R² is ${r2.toFixed(3)}.`]),
      ].join(' '),
  },
  zh: {
    draw: '用鼠标、笔或手指画：',
    give: '把图片拖放或粘贴到这里，选择一张，或直接画：',
    fill: '更改已知的内容：',
    choose: '图片',
    ink: '笔的颜色',
    noPicture: '浏览器无法把它当作图片读取。请试试 PNG、JPEG 或 WebP 文件。',
    clear: '清除',
    answer: '网络的回答',
    failed: '网络无法在这个浏览器中运行，请换较新的浏览器。',
    experiment: '它来自的实验',
    facts: (bytes, { accuracy, r2 } = { examples: 0, loss: 0 }) =>
      [
        `这个文件中的网络占 ${kilobytes(bytes)}。`,
        ...(accuracy === undefined ? [] : [`准确率为 ${percent(accuracy)}。`]),
        ...(r2 === undefined ? [] : [`R² 为 ${r2.toFixed(3)}。`]),
      ].join(''),
  },
};
