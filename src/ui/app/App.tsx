import { lazy } from 'react';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Header } from '../header/Header';
import Recipe from '../recipe/Recipe';
import { Piece, Region } from './Region';
import './app.css';

const Messages = lazy(() => import('./Messages'));
const Watch = lazy(() => import('../watch/Watch'));
const Compare = lazy(() => import('../compare/Compare'));
const Words = lazy(() => import('../words/Words'));

export function App() {
  const { t } = useTranslation();
  const embed = useWhittle(({ link }) => link.view.embed);
  return (
    <div className={embed ? 'app app-embed' : 'app'}>
      {/* Not a link to #recipe: the fragment is the experiment's. */}
      <button
        type="button"
        className="button skip"
        onClick={() => document.getElementById('recipe')?.focus()}
      >
        {t('app.skip')}
      </button>
      <Piece>
        <Header />
      </Piece>
      <Piece fallback={null}>
        <Messages />
      </Piece>
      <main className="regions">
        <Region name="recipe">
          <Recipe />
        </Region>
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
