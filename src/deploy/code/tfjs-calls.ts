import { indented } from './write';

const WIDTH = 96;

/** A call, or its head, whose last argument is an object: in one line, or with a line for each of what is too long. */
export function wrapOptions(
  head: string,
  positional: readonly string[],
  options: readonly string[],
): string {
  const record = options.length > 0 ? [`{ ${options.join(', ')} }`] : [];
  const line = `${head}(${[...positional, ...record].join(', ')})`;
  if (fits(line) || positional.length + options.length === 0) return line;
  const begin = `${head}(${[...positional, '{'].join(', ')}`;
  return fits(begin) && options.length > 0
    ? `${begin}\n${listed(options)}\n})`
    : `${head}(\n${listed([...positional, ...record])}\n)`;
}

function fits(code: string): boolean {
  return code.length <= WIDTH && !code.includes('\n');
}

/** A line each. */
function listed(items: readonly string[]): string {
  return indented(
    items.map((item) => `${item},`),
    '  ',
  ).join('\n');
}
