/** A share, 0 to 1, as a thin bar below a number that says it. */
export function Bar({ length, colour }: { readonly length: number; readonly colour: string }) {
  return (
    <span className="compare-bar" aria-hidden="true">
      <span style={{ width: `${String(100 * length)}%`, background: colour }} />
    </span>
  );
}
