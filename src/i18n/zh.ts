import { compareZh } from './compare.zh';
import { drawZh } from './draw.zh';
import { gatherZh } from './gather.zh';
import { formulaZh } from './formula.zh';
import { helpersZh } from './helpers.zh';
import { inWordsZh } from './inWords.zh';
import { labZh } from './lab.zh';
import { messagesZh } from './messages.zh';
import { ownZh } from './own.zh';
import { papersZh } from './papers.zh';
import { problemsZh } from './problems.zh';
import { shellZh } from './shell.zh';
import { takeawayZh } from './takeaway.zh';
import { termsZh } from './terms.zh';
import { transferZh } from './transfer.zh';
import { viewsZh } from './views.zh';

/** All words of the page, and the sentences for problems. */
export const zh = {
  ...shellZh,
  ...termsZh,
  ...viewsZh,
  ...compareZh,
  ...helpersZh,
  ...drawZh,
  ...gatherZh,
  ...inWordsZh,
  ...formulaZh,
  ...messagesZh,
  ...ownZh,
  ...papersZh,
  ...takeawayZh,
  ...transferZh,
  ...labZh,
  ...problemsZh,
};
