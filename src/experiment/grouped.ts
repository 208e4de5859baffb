/** `5,000,000`, as the page writes counts. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
