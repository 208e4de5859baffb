import { optionMeta } from '../experiment/options';
import type { VariantRole } from '../experiment/report';
import type { Step, StepOf, TechniqueId } from '../experiment/step';
import type { TechniqueSpec } from '../experiment/technique';
import { techniqueSpecs } from '../techniques/registry';

/** A variant of the comparison before it is measured. */
export interface Part {
  /** `s<step>`, or `s<step>-alone`. */
  readonly id: string;
  readonly step: number;
  /** The step applied to the baseline, leaving out the compression between. */
  readonly alone: boolean;
  readonly role: VariantRole;
  readonly label: string;
}

type Compression = 'prune' | 'quantize';

/** Index of the last step before the first compression; −1 where compression comes first. */
export function baselineOf(recipe: readonly Step[]): number {
  const first = recipe.findIndex((step) => compressionOf(step) !== null);
  return (first === -1 ? recipe.length : first) - 1;
}

/**
 * The variants that a recipe makes, with the parts they play: one a step, and, so that the comparison
 * has each kind of compression by itself, a compression that follows another kind also applied to the
 * baseline.
 *
 * Of steps in a row with the same role only the last keeps it (pruned, then retrained: the retrained
 * one); the others are `other`.
 */
export function partsOf(recipe: readonly Step[]): readonly Part[] {
  const roles = rolesOf(recipe);
  return recipe.flatMap((step, index) => {
    const role = roles[index] ?? 'other';
    const part: Part = {
      id: `s${String(index)}`,
      step: index,
      alone: false,
      role,
      label: labelOf(step),
    };
    const alone = aloneRole(recipe, roles, index);
    return alone === null
      ? [part]
      : [
          part,
          {
            ...part,
            id: `${part.id}-alone`,
            alone: true,
            role: alone,
            label: `${part.label} alone`,
          },
        ];
  });
}

/**
 * The part that the network behind a step plays while nothing comes behind it; `alone`: that of the step
 * applied to the baseline.
 */
export function roleAt(recipe: readonly Step[], step: number, alone = false): VariantRole {
  const parts = partsOf(alone ? recipe : recipe.slice(0, step + 1));
  const role = parts.find((part) => part.step === step && part.alone === alone)?.role;
  // What trains before the baseline becomes it.
  return role === undefined || role === 'other' ? 'baseline' : role;
}

function rolesOf(recipe: readonly Step[]): readonly VariantRole[] {
  const baseline = baselineOf(recipe);
  const applied = new Set<Compression>();
  const all = recipe.map((step, index): VariantRole => {
    const compression = compressionOf(step);
    // Training moves every weight off its quantization level; masks hold.
    if (!isInstant(step)) applied.delete('quantize');
    if (compression !== null) applied.add(compression);
    if (applied.size === 2) return 'both';
    if (applied.has('prune')) return 'pruned';
    if (applied.has('quantize')) return 'quantized';
    return index === baseline ? 'baseline' : 'other';
  });
  return all.map((role, index) => (role === all[index + 1] ? 'other' : role));
}

/** The role of the step applied to the baseline; null where the recipe itself holds such a variant. */
function aloneRole(
  recipe: readonly Step[],
  roles: readonly VariantRole[],
  index: number,
): VariantRole | null {
  const step = recipe[index];
  const compression = step && compressionOf(step);
  // What trains is not done once more for the sake of comparison.
  if (step === undefined || !compression || !isInstant(step)) return null;
  const before = recipe.slice(0, index).map(compressionOf);
  const followsOther = before.some((other) => other !== null && other !== compression);
  const isLast = !recipe.slice(index + 1).some((step) => compressionOf(step) === compression);
  const role = compression === 'prune' ? 'pruned' : 'quantized';
  return followsOther && isLast && !roles.includes(role) ? role : null;
}

function compressionOf({ technique }: Step): Compression | null {
  return technique === 'prune' || technique === 'quantize' ? technique : null;
}

/** A short English name: "Prune 90 %", "Quantize 8 bits". The page makes its own in its language. */
export function labelOf(step: Step): string {
  return labelled(step);
}

function labelled<Id extends TechniqueId>(step: StepOf<Id>): string {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  const values = spec.options.parse(step);
  const main = spec.mainOption(values);
  const schema = spec.options.shape[main];
  const meta = schema && optionMeta.get(schema);
  const value = Object.entries<unknown>(values).find(([name]) => name === main)?.[1];
  const name = step.technique.charAt(0).toUpperCase() + step.technique.slice(1);
  if (meta?.kind !== 'number' || typeof value !== 'number') return name;
  if (meta.unit === 'percent') return `${name} ${String(Number((value * 100).toFixed(1)))} %`;
  return meta.unit === 'bits' ? `${name} to ${String(value)} bits` : name;
}

/** Whether the step's result can be had at once: no training inside. */
export function isInstant(step: Step): boolean {
  return instantly(step);
}

function instantly<Id extends TechniqueId>(step: StepOf<Id>): boolean {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  return spec.instant(spec.options.parse(step));
}
