import { firstEn } from './en.first';
import { laterEn } from './en.later';

/** All words of the page; sentences for problems are written where they arise. */
export const en = { ...firstEn, ...laterEn };
