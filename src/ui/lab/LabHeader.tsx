import { useTranslation } from '../../i18n';
import { closeLab } from '../../state/lab';
import { useWhittle } from '../../state/store';
import { CopyLink } from '../header/CopyLink';
import { LanguageSwitch } from '../header/Header';
import { More } from '../header/More';

/** The top of the laboratory: what it is, the way back, and what leaves the page. */
export function LabHeader() {
  const { t } = useTranslation();
  const title = useWhittle(({ link }) => link.view.title);
  return (
    <header className="header lab-header">
      <div className="header-title">
        <h1 className="wordmark">
          Whit<span>tle</span>
        </h1>
        <p className="subtitle">
          <span>{title ?? t('lab.title')}</span>
        </p>
      </div>
      <button type="button" className="button" onClick={closeLab}>
        {t('lab.leave')}
      </button>
      <div className="header-end">
        <CopyLink />
        <LanguageSwitch />
        <More />
      </div>
    </header>
  );
}
