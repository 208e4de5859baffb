import { WhittleError } from './problem';

/**
 * Stands for `model-errors.ts` in programs that leave the page, which have a few kilobytes: networks were checked
 * before they got there, and a code says what is wrong with one that was not.
 */
export function modelError(
  code: string,
  params: Readonly<Record<string, string | number>>,
): WhittleError {
  const message = [code, ...Object.values(params)].join(' ');
  return new WhittleError({ code, params, message });
}

export const shorten = (text: string) => text.slice(0, 60);
export const shapeText = String;
