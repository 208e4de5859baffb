import { lazy, memo, Suspense, useState } from 'react';
import type { Variant } from '../../experiment/report';
import { isAlone } from '../../experiment/variant-id';
import { useTranslation } from '../../i18n';
import type { LandscapeOf } from '../../state/landscape';
import { Choices } from './landscape/Choices';
import { Section } from './Section';

const LandscapePanel = lazy(() => import('./landscape/LandscapePanel'));

type Chosen = Omit<LandscapeOf, 'variant'> & { readonly variant: string | null };

const FIRST: Chosen = { variant: null, plane: 'random', draw: 0, radius: 1, split: 'train' };

/** The loss around a variant: measured, and its code loaded, when it is unfolded. */
export const LandscapeCard = memo(function LandscapeCard({
  variants,
}: {
  readonly variants: readonly Variant[];
}) {
  const { t } = useTranslation();
  // The network as it now is, until somebody has chosen one that is there.
  const [chosen, setChosen] = useState(FIRST);
  const variant =
    variants.find(({ id }) => id === chosen.variant) ?? variants.findLast((each) => !isAlone(each));
  if (variant === undefined) return null;
  const of = { ...chosen, variant: variant.id };
  return (
    <section className="card details" aria-labelledby="landscape-title">
      <h3 id="landscape-title">{t('landscape.title')}</h3>
      <Section title={t('landscape.unfold')}>
        {() => (
          <div className="landscape">
            <Choices variants={variants} of={of} onChange={setChosen} />
            <Suspense fallback={<div className="details-waiting" />}>
              {/* What was cancelled stays so until something else is asked. */}
              <LandscapePanel key={JSON.stringify(of)} {...{ variants, variant, of }} />
            </Suspense>
          </div>
        )}
      </Section>
    </section>
  );
});
