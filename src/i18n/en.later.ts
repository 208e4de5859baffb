import { compareEn } from './compare.en';
import { drawEn } from './draw.en';
import { gatherEn } from './gather.en';
import { formulaEn } from './formula.en';
import { inWordsEn } from './inWords.en';
import { messagesEn } from './messages.en';
import { ownEn } from './own.en';
import { papersEn } from './papers.en';
import { takeawayEn } from './takeaway.en';

/** Words of what arrives after the first paint. */
export const laterEn = {
  ...compareEn,
  ...inWordsEn,
  ...formulaEn,
  ...messagesEn,
  ...ownEn,
  ...papersEn,
  ...drawEn,
  ...gatherEn,
  ...takeawayEn,
};
