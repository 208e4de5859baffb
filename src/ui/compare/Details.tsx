import { memo, useMemo, useState } from 'react';
import type { Variant } from '../../experiment/report';
import { useTranslation } from '../../i18n';
import { infoOf } from '../../state/own';
import { useWhittle } from '../../state/store';
import { RoleMark } from '../charts/roles';
import { Choice } from '../controls/Choice';
import { Confusion } from './Confusion';
import { Disagreements } from './Disagreements';
import { Errors } from './Errors';
import { Networks, Surfaces, Units, Weights } from './Looks';
import { RecallByClass } from './RecallByClass';
import { Section } from './Section';
import { useVariantName } from './useVariantName';
import { pairOf, withSide } from './variants';
import type { Pair } from './variants';

/** Any two variants, closely: each section is made when it is unfolded. */
export const Details = memo(function Details({
  variants,
}: {
  readonly variants: readonly Variant[];
}) {
  const { t } = useTranslation();
  // What the user chose. The page's own choice follows the run: it is not kept when a later step says more.
  const [wanted, setWanted] = useState<readonly [string, string] | null>(null);
  const choose = useWhittle((page) => page.choose);
  const pair = pairOf(variants, wanted);
  if (pair === null) return null;
  return (
    <section className="card details" aria-labelledby="details-title">
      <h3 id="details-title">{t('compare.details')}</h3>
      <PairChoice
        variants={variants}
        pair={pair}
        onChoose={(a, b) => {
          setWanted([a, b]);
          choose(a, b);
        }}
      />
      <Sections pair={pair} />
    </section>
  );
});

interface PairChoiceProps {
  readonly variants: readonly Variant[];
  readonly pair: Pair;
  readonly onChoose: (a: string, b: string) => void;
}

function PairChoice({ variants, pair, onChoose }: PairChoiceProps) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const items = variants.map((variant) => ({ id: variant.id, label: nameOf.full(variant) }));
  return (
    <div className="details-choice">
      {([0, 1] as const).map((side) => (
        <div key={side} className="details-side">
          <RoleMark role={pair[side].role} />
          <Choice
            label={t(side === 0 ? 'compare.first' : 'compare.second')}
            value={pair[side].id}
            items={items}
            onChange={(id) => {
              onChoose(...withSide(pair, side, id));
            }}
          />
        </div>
      ))}
    </div>
  );
}

/** What there is to see depends on the task and on what an example is. */
function Sections({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation();
  const dataset = useWhittle(({ link }) => link.experiment.dataset);
  const own = useWhittle((page) => page.own);
  const info = useMemo(() => infoOf(dataset, own), [dataset, own]);
  if (info === undefined) return null;
  const classes = info.task === 'classification';
  const pictures = info.shape.length === 3;
  return (
    <div className="details-sections">
      {!classes && (
        <Section title={t('compare.errors')} open>
          {() => <Errors pair={pair} />}
        </Section>
      )}
      {info.planar && (
        <Section title={t(classes ? 'compare.surfaces' : 'compare.heights')} open>
          {() => <Surfaces pair={pair} />}
        </Section>
      )}
      {classes && (
        <>
          <Section title={t('compare.disagreements')} open={pictures}>
            {() => <Disagreements pair={pair} classes={info.classes} />}
          </Section>
          <Section title={t('compare.recallByClass')} open={!pictures && !info.planar}>
            {() => <RecallByClass pair={pair} classes={info.classes} />}
          </Section>
          <Section title={t('compare.confusion')}>
            {() => <Confusion pair={pair} classes={info.classes} />}
          </Section>
        </>
      )}
      <Section title={t('compare.weights')}>{() => <Weights pair={pair} />}</Section>
      {pictures && <Section title={t('compare.units')}>{() => <Units pair={pair} />}</Section>}
      {info.planar && (
        <Section title={t('compare.networks')}>{() => <Networks pair={pair} />}</Section>
      )}
    </div>
  );
}
