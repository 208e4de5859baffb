import type { Problem } from '../../experiment/problem';
import type { ChosenFile } from '../../worker/protocol';

/** Several files were dropped where a set is one table. */
export function oneTable(files: readonly ChosenFile[]): Problem {
  const [first, second] = files.map(({ path }) => path);
  const count = files.length;
  return {
    code: 'oneTable',
    params: { count, first: first ?? '', second: second ?? '' },
    message: `${String(count)} files were dropped, ${first ?? ''} and ${second ?? ''}${count > 2 ? ' among them' : ''}, and a set is one table. None of them was read. Drop one, or put their rows into one file.`,
  };
}
