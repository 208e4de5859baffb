import type { PathPoint } from '../../../experiment/landscape';
import type { Variant } from '../../../experiment/report';
import { variantId } from '../../../experiment/variant-id';
import { useFormat, useTranslation } from '../../../i18n';
import { RoleMark } from '../../charts/roles';
import { useVariantName } from '../useVariantName';

/** A way of which less lies in the plane is seen as a shadow. */
const SHADOW = 0.9;

interface PathListProps {
  readonly variants: readonly Variant[];
  readonly variant: Variant;
  readonly path: readonly PathPoint[];
}

/** The networks on the map, and how much of the way to each lies in its plane. */
export function PathList({ variants, variant, path }: PathListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const shown = path.flatMap(({ kind, step, share }) => {
    if (kind === 'training') return [];
    const id = variantId(step, kind === 'alone');
    const found = variants.find((each) => each.id === id);
    return step < 0 || (found && id !== variant.id) ? [{ id, found, share }] : [];
  });
  if (shown.length === 0) return null;
  const hidden = shown.some(({ share }) => share < SHADOW);
  return (
    <>
      <ul className="landscape-list" aria-label={t('landscape.path')}>
        {shown.map(({ id, found, share }) => (
          <li key={id}>
            {found ? <RoleMark role={found.role} /> : <InitialMark />}{' '}
            {found ? nameOf.full(found) : t('landscape.initial')}{' '}
            <span className="quiet">{t('landscape.share', { share: format.percent(share) })}</span>
          </li>
        ))}
      </ul>
      <p className={hidden ? '' : 'quiet'}>{t(hidden ? 'landscape.shadow' : 'landscape.whole')}</p>
    </>
  );
}

function InitialMark() {
  return (
    <svg className="role-mark" viewBox="-7 -7 14 14" width="11" height="11" aria-hidden="true">
      <circle className="landscape-initial" r={4} />
    </svg>
  );
}
