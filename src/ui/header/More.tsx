import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import {
  Header as MenuHeader,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from '../../i18n';
import { reportOf } from '../../state/api';
import { toCsv } from '../../state/csv';
import type { Theme } from '../../state/page-state';
import { variantAt } from '../../state/details';
import { useWhittle, whittleSession, whittleStore } from '../../state/store';
import { saveFile } from './saveFile';
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
      <MenuTrigger>
        <Button className="button button-icon" aria-label={t('header.more')}>
          <Dots />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="list" disabledKeys={empty ? ['report', 'table', 'network'] : []}>
            <MenuSection className="list-section">
              <MenuHeader className="list-header">{t('header.download')}</MenuHeader>
              <MenuItem id="report" className="list-item" onAction={saveReport}>
                {t('header.reportJson')}
              </MenuItem>
              <MenuItem id="table" className="list-item" onAction={saveTable}>
                {t('header.tableCsv')}
              </MenuItem>
              <MenuItem id="network" className="list-item" onAction={saveNetwork}>
                {t('header.networkFile')}
              </MenuItem>
            </MenuSection>
            <MenuSection
              className="list-section"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[theme]}
              onSelectionChange={(keys) => {
                const chosen = THEMES.find(({ id }) => keys !== 'all' && keys.has(id));
                if (chosen !== undefined) setTheme(chosen.id);
              }}
            >
              <MenuHeader className="list-header">{t('header.theme')}</MenuHeader>
              {THEMES.map(({ id, name }) => (
                <MenuItem key={id} id={id} className="list-item list-item-checkable">
                  {t(name)}
                </MenuItem>
              ))}
            </MenuSection>
            <MenuItem
              className="list-item"
              onAction={() => {
                setHelp(true);
              }}
            >
              {t('header.shortcuts')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Shortcuts isOpen={help} onOpenChange={setHelp} />
    </>
  );
}

function saveReport() {
  const report = reportOf(whittleStore);
  if (report === null) return;
  saveFile(
    'whittle-report.json',
    'application/json;charset=utf-8',
    JSON.stringify(report, null, 2),
  );
}

function saveTable() {
  saveFile('whittle-table.csv', 'text/csv;charset=utf-8', toCsv(whittleStore.getState().variants));
}

function saveNetwork() {
  const { link, variants } = whittleStore.getState();
  const [network] = variants.toSorted((a, b) => a.size.packedBytes - b.size.packedBytes);
  const at = network && variantAt(link.experiment, network.id);
  if (!at) return;
  const { client, report } = whittleSession();
  client.request('exportFile', { ...at, format: 'whittle' }).then((bytes) => {
    saveFile(`${network.id}.whittle`, 'application/octet-stream', bytes.slice());
  }, report);
}

function Dots() {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <circle cx="3" cy="8" r="1.5" fill="currentColor" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" />
      <circle cx="13" cy="8" r="1.5" fill="currentColor" />
    </svg>
  );
}
