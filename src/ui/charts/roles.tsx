import type { VariantRole } from '../../experiment/report';

/** The colour of a role, the same everywhere. */
export function roleColour(role: VariantRole): string {
  return `var(--${role})`;
}

/** Shapes of marks around the origin, about 10 pixels across: a second sign beside the colour. */
export const SHAPES: Readonly<Record<VariantRole, string>> = {
  baseline: 'M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z',
  pruned: 'M0 -6L5.5 4.5H-5.5Z',
  quantized: 'M-4.5 -4.5H4.5V4.5H-4.5Z',
  reshaped: 'M-6 -4.5H6L0 6Z',
  combined: 'M0 -6.2L6.2 0L0 6.2L-6.2 0Z',
  other: 'M-2 -5.5H2V-2H5.5V2H2V5.5H-2V2H-5.5V-2H-2Z',
};

/** The mark of a role inside an SVG. */
export function RoleShape({ role, x, y }: { role: VariantRole; x: number; y: number }) {
  return (
    <path
      d={SHAPES[role]}
      fill={roleColour(role)}
      transform={`translate(${String(x)} ${String(y)})`}
    />
  );
}

/** The mark of a role in a text. */
export function RoleMark({ role }: { readonly role: VariantRole }) {
  return (
    <svg className="role-mark" viewBox="-7 -7 14 14" width="11" height="11" aria-hidden="true">
      <RoleShape role={role} x={0} y={0} />
    </svg>
  );
}
