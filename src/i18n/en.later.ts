import { compareEn } from './compare.en';
import { drawEn } from './draw.en';
import { gatherEn } from './gather.en';
import { formulaEn } from './formula.en';
import { helpersEn } from './helpers.en';
import { inWordsEn } from './inWords.en';
import { labEn } from './lab.en';
import { messagesEn } from './messages.en';
import { ownEn } from './own.en';
import { papersEn } from './papers.en';
import { takeawayEn } from './takeaway.en';
import { transferEn } from './transfer.en';

/** Words of what arrives after the first paint. */
export const laterEn = {
  ...compareEn,
  ...helpersEn,
  ...inWordsEn,
  ...formulaEn,
  ...papersEn,
  ...drawEn,
  ...gatherEn,
  ...takeawayEn,
  ...transferEn,
  ...labEn,
  ...messagesEn,
  ...ownEn,
};
