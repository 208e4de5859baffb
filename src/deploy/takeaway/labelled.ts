/** A field with its name before it. */
export function labelled(name: string, field: HTMLElement): HTMLElement {
  const label = document.createElement('label');
  label.append(name, field);
  return label;
}
