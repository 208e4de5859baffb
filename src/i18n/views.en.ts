/** Words of the regions that show results: watch, compare, in words. */
export const viewsEn = {};
