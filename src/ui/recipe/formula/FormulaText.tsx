import { useEffect, useRef } from 'react';
import { useTranslation } from '../../../i18n';
import '../../../i18n/later';
import type { StepView } from '../../../state/recipe';
import { sourceOf } from './sources';

/** What a step computes, in letters and in words, and where it comes from. */
export default function FormulaText({ view }: { readonly view: StepView }) {
  const { t, exists } = useTranslation();
  const source = sourceOf(view.technique, (name) => view.options[name]?.value);
  if (source === undefined) return null;
  const { tex, texts, paper } = source;
  const known = texts.filter((key) => exists(`formula.${key}`));
  return (
    <>
      <Tex tex={tex} />
      <p className="quiet">{known.map((key) => t(`formula.${key}`)).join(' ')}</p>
      {paper && (
        <p className="quiet">
          {t('recipe.paper')}:{' '}
          <a href={paper.url} target="_blank" rel="noopener noreferrer">
            {paper.name}
          </a>
        </p>
      )}
    </>
  );
}

/** MathML, which browsers draw themselves: no fonts to load, and no inline styles for the policy to refuse. */
export function Tex({ tex }: { readonly tex: string }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let wanted = true;
    void import('katex').then(({ default: katex }) => {
      if (wanted && place.current) {
        katex.render(tex, place.current, {
          output: 'mathml',
          displayMode: true,
          throwOnError: false,
        });
      }
    });
    return () => {
      wanted = false;
    };
  }, [tex]);
  // A long formula scrolls sideways, by the keyboard too.
  return (
    <div className="tex" ref={place} role="group" aria-label={t('recipe.formula')} tabIndex={0} />
  );
}
