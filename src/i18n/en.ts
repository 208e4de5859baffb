import { compareEn } from './compare.en';
import { inWordsEn } from './inWords.en';
import { papersEn } from './papers.en';
import { shellEn } from './shell.en';
import { termsEn } from './terms.en';
import { viewsEn } from './views.en';

/** All words of the page; sentences for problems are written where they arise. */
export const en = { ...shellEn, ...termsEn, ...viewsEn, ...compareEn, ...inWordsEn, ...papersEn };
