/** What a variant is called: by a step of the recipe, and whether that step stands alone on the baseline. */
export interface VariantName {
  readonly step: number;
  readonly alone: boolean;
}

const ID = /^s(\d+)(-alone)?$/;

/** `s<step>` for what a step made of the network before it, `s<step>-alone` for what it made of the baseline. */
export function variantId(step: number, alone = false): string {
  return `s${String(step)}${alone ? '-alone' : ''}`;
}

/** Null for a text that is no id. */
export function readVariantId(id: string): VariantName | null {
  const match = ID.exec(id);
  return match && { step: Number(match[1]), alone: match[2] !== undefined };
}

/** Whether the variant is a step's result without the compression steps before it. */
export function isAlone({ id }: { readonly id: string }): boolean {
  return readVariantId(id)?.alone === true;
}
