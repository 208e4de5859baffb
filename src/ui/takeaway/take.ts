import { REFERENCE_MODELS } from '../../experiment/model';
import { formatFor } from '../../i18n/format';
import type { Translator } from '../../i18n/translate';
import { addressOf } from '../../state/address';
import { reportOf } from '../../state/api';
import { whittleSession, whittleStore } from '../../state/store';
import { saveFile } from '../header/saveFile';
import { questionFor } from '../words/useDiffering';
import { curvesSvg } from './curves-svg';
import { reportPage } from './report-page';
import { scatterSvg } from './scatter-svg';
import { shownLook } from './svg';
import { taskNames } from '../useDatasetName';

export type Chart = 'curves' | 'scatter';
export type PictureKind = 'svg' | 'png';

/** A picture's dots for each of its pixels. */
const DENSITY = 2;

/** The experiment's name: what its link calls it, or network and data. */
export function titleNow({ t }: Translator): string {
  const { link, own } = whittleStore.getState();
  const { view, experiment } = link;
  const { model } = experiment;
  const known = REFERENCE_MODELS.some((id) => id === model);
  return (
    view.title ??
    t('app.subtitle', {
      model: known ? t(`model.${model}`) : model,
      data: taskNames(t, experiment, own),
    })
  );
}

/** Saves a chart as it is now, in the colours that the page shows. */
export async function saveChart(
  chart: Chart,
  kind: PictureKind,
  translator: Translator,
): Promise<void> {
  const { t } = translator;
  const { link, variants, history } = whittleStore.getState();
  const draw = chart === 'curves' ? curvesSvg : scatterSvg;
  const svg = draw({
    title: titleNow(translator),
    link: addressOf(whittleStore),
    recipe: link.experiment.recipe,
    look: shownLook(),
    format: formatFor(translator.language),
    ...{ variants, history, t },
  });
  if (svg === null) return;
  if (kind === 'svg') saveFile(`whittle-${chart}.svg`, 'image/svg+xml', svg);
  else saveFile(`whittle-${chart}.png`, 'image/png', await pngOf(svg));
}

async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  // Not a blob: the page's policy lets pictures come from data alone.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = DENSITY * picture.naturalWidth;
  canvas.height = DENSITY * picture.naturalHeight;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser did not draw the picture.'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** Saves the run as a page; nothing where nothing has been measured. */
export async function saveReportPage(translator: Translator): Promise<void> {
  const report = reportOf(whittleStore);
  if (report === null) return;
  const { link, own } = whittleStore.getState();
  const { experiment } = link;
  const asked = questionFor({ variants: report.variants, experiment });
  const answer =
    asked &&
    (await whittleSession()
      .client.request('disagreements', { ...asked, limit: 1 })
      .catch(() => null));
  const page = reportPage({
    ...{ report, experiment, own, translator },
    title: titleNow(translator),
    link: addressOf(whittleStore),
    differing: answer?.total ?? null,
    date: new Date(),
    format: formatFor(translator.language),
  });
  saveFile('whittle-report.html', 'text/html;charset=utf-8', page);
}
