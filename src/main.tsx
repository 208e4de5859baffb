import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from './i18n';
import { whittleStore } from './state/store';
import { App } from './ui/app/App';
import './ui/theme/tokens.css';
import './ui/theme/base.css';

startI18n(whittleStore.getState().language);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
