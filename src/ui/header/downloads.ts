import { reportOf } from '../../state/api';
import { toCsv } from '../../state/csv';
import { variantAt } from '../../state/details';
import { whittleSession, whittleStore } from '../../state/store';
import { saveFile } from './saveFile';

export function saveReport() {
  const report = reportOf(whittleStore);
  if (report === null) return;
  saveFile(
    'whittle-report.json',
    'application/json;charset=utf-8',
    JSON.stringify(report, null, 2),
  );
}

export function saveTable() {
  saveFile('whittle-table.csv', 'text/csv;charset=utf-8', toCsv(whittleStore.getState().variants));
}

export function saveNetwork() {
  const { link, variants } = whittleStore.getState();
  const [network] = variants.toSorted((a, b) => a.size.packedBytes - b.size.packedBytes);
  const at = network && variantAt(link.experiment, network.id);
  if (!at) return;
  const { client, report } = whittleSession();
  client.request('exportFile', { ...at, format: 'whittle' }).then((bytes) => {
    saveFile(`${network.id}.whittle`, 'application/octet-stream', bytes.slice());
  }, report);
}
