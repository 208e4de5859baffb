import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { startI18n, useTranslation } from './i18n';
import { openPage } from './state/start';
import { whittleSession } from './state/store';
import { App } from './ui/app/App';
import './ui/theme/tokens.css';
import './ui/theme/base.css';
import './ui/theme/controls.css';

// React Aria writes a style element unless it finds its id taken; the page's Content-Security-Policy
// would refuse it. The rule itself is in base.css.
const taken = document.createElement('meta');
taken.id = 'react-aria-pressable-style';
document.head.append(taken);

function Localized() {
  const { language } = useTranslation();
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <App />
    </I18nProvider>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
const page = createRoot(root);

// No await at the top level: what it awaits may itself import from this module's file.
void startI18n(openPage()).then(() => {
  page.render(
    <StrictMode>
      <Localized />
    </StrictMode>,
  );
  // The worker, with all that it loads, begins behind the first paint.
  requestAnimationFrame(() =>
    setTimeout(() => {
      import('./state/connect').then(({ connect }) => connect()).catch(whittleSession().report);
    }, 0),
  );
});
