import { useEffect, useRef } from 'react';
import type { TechniqueId } from '../../experiment/step';
import { useTranslation } from '../../i18n';
import { Unfold } from '../controls/Unfold';
import { sources } from './sources';

/** The formula of a technique for who wants it, and the paper for who doubts it. */
export function Formula({ technique }: { readonly technique: TechniqueId }) {
  const { t } = useTranslation();
  const source = sources[technique];
  if (source === undefined) return null;
  return (
    <Unfold title={t('recipe.formula')}>
      {() => (
        <>
          <Tex tex={source.tex} />
          <p className="quiet">{t(`formula.${technique}`)}</p>
          <p className="quiet">
            {t('recipe.paper')}:{' '}
            <a href={source.paper} target="_blank" rel="noopener noreferrer">
              {t(`paper.${technique}`)}
            </a>
          </p>
        </>
      )}
    </Unfold>
  );
}

/** MathML, which browsers draw themselves: no fonts to load, and no inline styles for the policy to refuse. */
function Tex({ tex }: { readonly tex: string }) {
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
