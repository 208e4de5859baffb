import { useState } from 'react';
import { useTranslation } from '../../i18n';
import type { Theme } from '../../state/page-state';
import { useWhittle, whittleSession } from '../../state/store';
import { MenuButton } from '../controls/MenuButton';
import type * as files from './save';
import { Shortcuts } from './Shortcuts';

const THEMES: readonly { readonly id: Theme; readonly name: string }[] = [
  { id: 'system', name: 'header.themeSystem' },
  { id: 'light', name: 'header.themeLight' },
  { id: 'dark', name: 'header.themeDark' },
];

/** What is needed now and then: files to take away, the theme, the keyboard's shortcuts. */
export function More() {
  const { t } = useTranslation();
  const [help, setHelp] = useState(false);
  const empty = useWhittle(({ variants }) => variants.length === 0);
  const theme = useWhittle((page) => page.theme);
  const setTheme = useWhittle((page) => page.setTheme);
  return (
    <>
      <MenuButton
        className="button button-icon"
        label={t('header.more')}
        placement="bottom end"
        entries={[
          {
            title: t('header.download'),
            entries: [
              {
                id: 'report',
                label: t('header.reportJson'),
                disabled: empty,
                run: save('saveReport'),
              },
              {
                id: 'table',
                label: t('header.tableCsv'),
                disabled: empty,
                run: save('saveTable'),
              },
              {
                id: 'network',
                label: t('header.networkFile'),
                disabled: empty,
                run: save('saveNetwork'),
              },
            ],
          },
          {
            title: t('header.theme'),
            chosen: theme,
            entries: THEMES.map(({ id, name }) => ({
              id,
              label: t(name),
              run: () => {
                setTheme(id);
              },
            })),
          },
          { id: 'lab', label: t('header.lab'), run: toLab },
          {
            id: 'shortcuts',
            label: t('header.shortcuts'),
            run: () => {
              setHelp(true);
            },
          },
        ]}
      >
        <Dots />
      </MenuButton>
      <Shortcuts isOpen={help} onOpenChange={setHelp} />
    </>
  );
}

/** What saves a file, whose code arrives with the press. */
function save(what: keyof typeof files): () => void {
  return () => {
    import('./save').then((loaded) => {
      loaded[what]();
    }, whittleSession().report);
  };
}

const toLab = () =>
  void import('../../state/lab').then(({ openLab }) => {
    openLab();
  }, whittleSession().report);

function Dots() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="3" cy="8" r="1.5" fill="currentColor" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" />
      <circle cx="13" cy="8" r="1.5" fill="currentColor" />
    </svg>
  );
}
