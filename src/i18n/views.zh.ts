import type { Translated } from './translated';
import type { viewsEn } from './views.en';

export const viewsZh: Translated<typeof viewsEn> = {};
