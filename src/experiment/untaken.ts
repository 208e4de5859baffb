/** `name` where nothing is called so, else with the first number behind it that is free: `name (2)`. */
export function untaken(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let copy = 2; taken.has(unique); copy++) unique = `${name} (${String(copy)})`;
  return unique;
}
