import { shellEn } from './shell.en';
import { termsEn } from './terms.en';
import { viewsEn } from './views.en';

/** Words that the first paint needs. */
export const firstEn = { ...shellEn, ...termsEn, ...viewsEn };
