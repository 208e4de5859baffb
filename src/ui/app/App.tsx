import { lazy } from 'react';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Piece, Region } from './Region';
import './app.css';

const Watch = lazy(() => import('../watch/Watch'));
const Compare = lazy(() => import('../compare/Compare'));
const Words = lazy(() => import('../words/Words'));

export function App() {
  const { t } = useTranslation();
  const embed = useWhittle(({ link }) => link.view.embed);
  return (
    <div className={embed ? 'app app-embed' : 'app'}>
      <a className="skip" href="#recipe">
        {t('app.skip')}
      </a>
      <main className="regions">
        <Region name="recipe">{null}</Region>
        <Region name="watch">
          <Watch />
          <Piece>
            <Words />
          </Piece>
        </Region>
        <Region name="compare">
          <Compare />
        </Region>
      </main>
    </div>
  );
}
