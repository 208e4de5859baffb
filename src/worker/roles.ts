import { optionMeta } from '../experiment/options';
import { COMPRESSIONS, type Compression, type VariantRole } from '../experiment/report';
import type { Step, StepOf, TechniqueId } from '../experiment/step';
import type { TechniqueSpec } from '../experiment/technique';
import { variantId } from '../experiment/variant-id';
import { baselineOf, compressionOf } from '../techniques/baseline';
import { lastTransfer } from '../techniques/dataset-at';
import { techniqueSpecs } from '../techniques/registry';

/** A variant of the comparison before it is measured. */
export interface Part {
  readonly id: string;
  readonly step: number;
  /** The step applied to the baseline, leaving out the compression between. */
  readonly alone: boolean;
  readonly role: VariantRole;
  readonly compressions: readonly Compression[];
  readonly label: string;
}

/** The part of a network that was compressed in one way. */
const ROLES = { prune: 'pruned', quantize: 'quantized', reshape: 'reshaped' } as const;

/**
 * The variants that a recipe makes, with the parts they play: one a step, and, so that the comparison
 * has each kind of compression by itself, a compression that follows another kind also applied to the
 * baseline.
 *
 * Of steps in a row with the same role only the last keeps it (pruned, then retrained: the retrained
 * one); the others are `other`.
 */
export function partsOf(recipe: readonly Step[]): readonly Part[] {
  const compressions = compressionsOf(recipe);
  const roles = rolesOf(recipe, compressions);
  return recipe.flatMap((step, index) => {
    const role = roles[index] ?? 'other';
    const part: Part = {
      id: variantId(index),
      step: index,
      alone: false,
      role,
      compressions: compressions[index] ?? [],
      label: labelOf(step),
    };
    const alone = aloneCompression(recipe, roles, index);
    return alone === null
      ? [part]
      : [
          part,
          {
            ...part,
            id: variantId(index, true),
            alone: true,
            role: ROLES[alone],
            compressions: [alone],
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

/** What was done to the network behind each step, and holds. */
function compressionsOf(recipe: readonly Step[]): readonly (readonly Compression[])[] {
  const applied = new Set<Compression>();
  return recipe.map((step) => {
    const compression = compressionOf(step);
    // What is compared on another task begins with the network that came to it.
    if (step.technique === 'transfer') applied.clear();
    // Training, and new kernels, leave the quantization levels; masks hold through training.
    if (!isInstant(step) || compression === 'reshape') applied.delete('quantize');
    // Another network that trains is a new one: nothing is left of what was.
    if (!isInstant(step) && compression === 'reshape') applied.clear();
    if (compression !== null) applied.add(compression);
    return COMPRESSIONS.filter((each) => applied.has(each));
  });
}

function rolesOf(
  recipe: readonly Step[],
  compressions: readonly (readonly Compression[])[],
): readonly VariantRole[] {
  const baseline = baselineOf(recipe);
  const transfer = lastTransfer(recipe);
  const all = compressions.map(([first, ...more], index): VariantRole => {
    if (index < transfer) return 'other';
    if (first !== undefined) return more.length > 0 ? 'combined' : ROLES[first];
    return index === baseline ? 'baseline' : 'other';
  });
  return all.map((role, index) => (role === all[index + 1] ? 'other' : role));
}

/** What the step does to the baseline by itself; null where the recipe itself holds such a variant. */
function aloneCompression(
  recipe: readonly Step[],
  roles: readonly VariantRole[],
  index: number,
): Compression | null {
  const step = recipe[index];
  const compression = step && compressionOf(step);
  // What trains is not done once more for the sake of comparison.
  if (step === undefined || !compression || !isInstant(step)) return null;
  const transfer = lastTransfer(recipe);
  if (index < transfer) return null;
  const before = recipe.slice(transfer + 1, index).map(compressionOf);
  const followsOther = before.some((other) => other !== null && other !== compression);
  const isLast = !recipe.slice(index + 1).some((step) => compressionOf(step) === compression);
  return followsOther && isLast && !roles.includes(ROLES[compression]) ? compression : null;
}

/** Of techniques that are not called by their id. */
const NAMES: Readonly<Partial<Record<TechniqueId, string>>> = { lowrank: 'Low rank' };

/** A short English name: "Prune 90 %", "Quantize 8 bits". The page makes its own in its language. */
export function labelOf(step: Step): string {
  return labelled(step);
}

function labelled<Id extends TechniqueId>(step: StepOf<Id>): string {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  const values = spec.options.parse(step);
  const main = spec.mainOption(values) ?? '';
  const schema = spec.options.shape[main];
  const meta = schema && optionMeta.get(schema);
  const value = Object.entries<unknown>(values).find(([name]) => name === main)?.[1];
  const { technique } = step;
  const name = NAMES[technique] ?? technique.charAt(0).toUpperCase() + technique.slice(1);
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
