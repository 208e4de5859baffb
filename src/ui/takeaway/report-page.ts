import { version } from '../../../package.json';
import { escapeText } from '../../experiment/escape-text';
import type { Experiment } from '../../experiment/experiment';
import { describeModel, resolveModel } from '../../experiment/model';
import { resolveDataset } from '../../experiment/dataset';
import type { OwnAbout } from '../../experiment/own-dataset';
import type { Report, Variant } from '../../experiment/report';
import type { Format } from '../../i18n/format';
import type { Translate, Translator } from '../../i18n/translate';
import { viewStep, type Option } from '../../state/recipe';
import { changeOf, measuresOf, type Measure } from '../compare/measures';
import { measureTexts } from '../compare/useMeasureText';
import { variantNames } from '../compare/useVariantName';
import { baselineOf, inOrder } from '../compare/variants';
import { optionText, type OptionText } from '../recipe/useOptionText';
import { stepSummary } from '../recipe/useStepSummary';
import { sentenceText } from '../words/sentence-text';
import { sentences } from '../words/sentences';
import { curvesSvg } from './curves-svg';
import { scatterSvg } from './scatter-svg';
import { FONT, ON_PAPER } from './svg';
import { lastDataset } from '../../techniques/dataset-at';
import { taskNames } from '../useDatasetName';

/** What a page about a run is made of. */
export interface ReportSubject {
  readonly report: Report;
  readonly experiment: Experiment;
  readonly title: string;
  /** The whole address. */
  readonly link: string;
  /** Test examples on which the most compressed network and the baseline differ; null where not known. */
  readonly differing: number | null;
  /** Data of the user's own. */
  readonly own?: readonly OwnAbout[] | null;
  readonly date: Date;
  readonly translator: Translator;
  readonly format: Format;
}

/**
 * The run as one HTML file that stands by itself: no scripts, nothing that it loads, made to be printed. Every text
 * that a user may have written is escaped.
 */
export function reportPage(subject: ReportSubject): string {
  const { title, link, translator, date } = subject;
  const { t, language } = translator;
  const when = date.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Whittle ${version}">
<title>${escapeText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeText(title)}</h1>
<p class="quiet">${escapeText(t('takeaway.madeBy', { version, when }))}</p>
<p class="link"><a href="${escapeText(link)}">${escapeText(link)}</a></p>
</header>
${section(t('app.words'), `<p>${escapeText(inWords(subject))}</p>`)}
${section(t('app.recipe'), recipeHtml(subject))}
${section(t('compare.title'), scrolled(t('compare.title'), tableHtml(subject)))}
${section(t('watch.curves'), `<figure>${curvesSvg(drawingOf(subject, t('watch.curves')))}</figure>`)}
${scatterHtml(subject)}
${section(t('takeaway.machine'), machineHtml(subject))}
</body>
</html>
`;
}

/** What is wider than a small page, for who has no mouse too. */
function scrolled(title: string, body: string): string {
  return `<div class="wide" role="region" aria-label="${escapeText(title)}" tabindex="0">${body}</div>`;
}

function section(title: string, body: string): string {
  return `<section>\n<h2>${escapeText(title)}</h2>\n${body}\n</section>`;
}

function drawingOf(
  { report, experiment, link, translator: { t }, format }: ReportSubject,
  title: string,
) {
  const { variants, history } = report;
  return { title, link, recipe: experiment.recipe, variants, history, look: ON_PAPER, t, format };
}

function scatterHtml(subject: ReportSubject): string {
  const { t } = subject.translator;
  const regression = subject.report.variants.some(({ metrics }) => metrics.accuracy === undefined);
  const title = t(regression ? 'compare.scoreSize' : 'compare.accuracySize');
  const svg = scatterSvg(drawingOf(subject, title));
  return svg === null ? '' : section(title, `<figure>${svg}</figure>`);
}

function inWords({
  report,
  experiment,
  differing,
  own,
  translator,
  format,
}: ReportSubject): string {
  const [dataset = ''] = lastDataset(experiment).split(':');
  const { t, language } = translator;
  return sentences(report.variants, { experiment, status: 'done', differing, own: own ?? null })
    .map((sentence) => sentenceText(sentence, { t, format, dataset }))
    .join(language === 'zh' ? '' : ' ');
}

function recipeHtml({ experiment, own, translator: { t }, format }: ReportSubject): string {
  const { info } = resolveDataset(experiment.dataset) ?? {};
  const network =
    info === undefined ? experiment.model : describeModel(resolveModel(experiment.model, info));
  const data = taskNames(t, experiment, own ?? null);
  const facts = [
    [t('data.title'), data],
    [t('network.title'), network],
    [t('network.seed'), String(experiment.seed)],
  ]
    .map(([name = '', value = '']) => `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`)
    .join('');
  const texts = optionText(t, format);
  const steps = experiment.recipe.map((step) => {
    const view = viewStep(step);
    const main = view.main === null ? undefined : view.options[view.main];
    const parts = [
      ...(main === undefined ? [] : [mainText(main, t, texts)]),
      stepSummary(view, t, format),
      ...layersOf(view.options['layers']?.value, t('recipe.apart')),
    ].filter((part) => part !== '');
    const name = t(`technique.${step.technique}`);
    return `<li><b>${escapeText(name)}</b> ${escapeText(parts.join(' · '))}</li>`;
  });
  return `<dl>${facts}</dl>\n<ol>${steps.join('')}</ol>`;
}

/** «4 bits» says by itself what it is; «0.002» does not. */
function mainText(main: Option, t: Translate, { withUnit }: OptionText): string {
  const { meta, name } = main;
  const speaks = meta.kind === 'number' && meta.unit !== undefined && meta.unit !== 'percent';
  return speaks ? withUnit(main) : `${t(`option.${name}`)} ${withUnit(main)}`;
}

function layersOf(value: string | number | undefined, apart: string): readonly string[] {
  return value === undefined || value === ''
    ? []
    : [`${apart}: ${String(value).replaceAll('~', ' ')}`];
}

/** The comparison, every measure and every variant, with the differences from the baseline. */
function tableHtml({ report, experiment, translator: { t }, format }: ReportSubject): string {
  const variants = inOrder(report.variants);
  const baseline = baselineOf(variants);
  const nameOf = variantNames(t, experiment.recipe.map(({ technique }) => technique).join(' '));
  const textOf = measureTexts(t, format);
  const heads = variants.map(
    (variant) =>
      `<th scope="col">${escapeText(nameOf.role(variant))}<small>${escapeText(nameOf.step(variant))}</small></th>`,
  );
  const rows = measuresOf(variants).map((measure) => {
    const text = textOf(measure, variants);
    const cells = variants.map((variant) => cellHtml(measure, variant, baseline, text));
    return `<tr><th scope="row">${escapeText(text.name)}<small>${escapeText(text.unit)}</small></th>${cells.join('')}</tr>`;
  });
  return `<table>\n<thead><tr><td></td>${heads.join('')}</tr></thead>\n<tbody>${rows.join('\n')}</tbody>\n</table>`;
}

function cellHtml(
  measure: Measure,
  variant: Variant,
  baseline: Variant | undefined,
  text: ReturnType<ReturnType<typeof measureTexts>>,
): string {
  const value = measure.read(variant);
  if (value === undefined) return '<td>–</td>';
  const change = baseline === undefined ? null : changeOf(measure, variant, baseline);
  const base = baseline === undefined ? undefined : measure.read(baseline);
  const difference =
    change === null ? '' : `<small>${escapeText(text.change(change, base ?? 0))}</small>`;
  return `<td>${escapeText(text.value(value))}${difference}</td>`;
}

function machineHtml({ report, translator: { t } }: ReportSubject): string {
  const { backend, threads, adapter, userAgent } = report.environment;
  const lines = [
    [t('backend.choose'), t(`backend.${backend}`)],
    [t('takeaway.threads'), String(threads)],
    ...(adapter === undefined ? [] : [[t('backend.adapter'), adapter]]),
    [t('takeaway.browser'), userAgent],
    ['Whittle', version],
  ];
  const items = lines.map(
    ([name = '', value = '']) => `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`,
  );
  return `<dl>${items.join('')}</dl>`;
}

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 ${FONT}; color: ${ON_PAPER.ink}; background: ${ON_PAPER.card}; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; border-bottom: 1px solid ${ON_PAPER.line}; padding-bottom: .25rem; }
p { margin: .25rem 0; }
.quiet, small { color: ${ON_PAPER['ink-quiet']}; }
small { display: block; font-weight: 400; }
.link { overflow-wrap: anywhere; font-size: .85rem; }
a { color: ${ON_PAPER.accent}; }
figure { margin: 0; }
svg { max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .25rem 0; }
dt { color: ${ON_PAPER['ink-quiet']}; }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .85rem; }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid ${ON_PAPER.line}; vertical-align: top; }
tbody th, thead td { text-align: left; }
@media print { body { margin: 0; max-width: none; } section, tr { break-inside: avoid; } h2 { break-after: avoid; } }
`;
