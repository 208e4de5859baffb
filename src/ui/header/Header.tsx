import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Backend } from './Backend';
import { CopyLink } from './CopyLink';
import { More } from './More';
import { RunControls } from './RunControls';
import { useSubtitle } from './useSubtitle';
import './header.css';

/** The top of the page: what is open, the run's controls, and what leaves the page. */
export function Header() {
  const embed = useWhittle(({ link }) => link.view.embed);
  if (embed) {
    return (
      <header className="header header-embed">
        <RunControls />
        <Backend />
      </header>
    );
  }
  return (
    <header className="header">
      <Title />
      <RunControls />
      <div className="header-end">
        <Backend />
        <CopyLink />
        <LanguageSwitch />
        <More />
      </div>
    </header>
  );
}

/** A name's width is at least this share of as many digits: what is short enough is not widened. */
const LEAST_LETTER = 0.7;

function Title() {
  const { before, model, after } = useSubtitle();
  const title = useWhittle(({ link }) => link.view.title);
  return (
    <div className="header-title">
      <h1 className="wordmark">
        Whit<span>tle</span>
      </h1>
      {title === undefined ? (
        <p className="subtitle" title={`${before}${model}${after}`}>
          {before !== '' && <span>{before}</span>}
          <span
            className="subtitle-model"
            style={{ minWidth: `min(4.5rem, ${String(LEAST_LETTER * model.length)}ch)` }}
          >
            {model}
          </span>
          {after !== '' && <span>{after}</span>}
        </p>
      ) : (
        <p className="subtitle">
          <span>{title}</span>
        </p>
      )}
    </div>
  );
}

export function LanguageSwitch() {
  const { language } = useTranslation();
  const setLanguage = useWhittle((page) => page.setLanguage);
  const [other, name] =
    language === 'zh' ? (['en', 'English'] as const) : (['zh', '中文'] as const);
  return (
    <button
      type="button"
      className="button"
      lang={other}
      onClick={() => {
        setLanguage(other);
      }}
    >
      {name}
    </button>
  );
}
