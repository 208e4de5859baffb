/**
 * Stands for `model-sentences.ts` in programs that leave the page, which have a few kilobytes: networks were checked
 * before they got there.
 */
export function modelSentence(code: string, params: Readonly<Record<string, string | number>>) {
  return [code, ...Object.values(params)].join(' ');
}
