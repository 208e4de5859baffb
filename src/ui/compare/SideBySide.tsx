import type { ReactNode } from 'react';
import type { Variant } from '../../experiment/report';
import { RoleMark } from '../charts/roles';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

interface SideBySideProps {
  readonly pair: Pair;
  /** How wide one must be at least: narrower, and they stand one below the other. */
  readonly least: 'small' | 'medium' | 'large';
  /** A word about each, beside its name. */
  readonly note?: (variant: Variant, side: 0 | 1) => string;
  readonly children: (variant: Variant, side: 0 | 1) => ReactNode;
}

/** The same drawing of two variants, each under its name. */
export function SideBySide({ pair, least, note, children }: SideBySideProps) {
  const nameOf = useVariantName();
  return (
    <div className={`pair pair-${least}`}>
      {([0, 1] as const).map((side) => {
        const variant = pair[side];
        return (
          <figure key={side}>
            <figcaption>
              <span className="variant-name">
                <RoleMark role={variant.role} />
                {nameOf.role(variant)}
              </span>
              <span className="quiet">{note?.(variant, side) ?? nameOf.step(variant)}</span>
            </figcaption>
            {children(variant, side)}
          </figure>
        );
      })}
    </div>
  );
}
