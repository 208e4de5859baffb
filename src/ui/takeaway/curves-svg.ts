import type { HistoryPoint, Variant } from '../../experiment/report';
import type { Step } from '../../experiment/step';
import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import {
  linearAxis,
  logAxis,
  percentDigits,
  steadyExtent,
  wholeTicks,
  type Axis,
} from '../charts/ticks';
import type { Frame } from '../compare/points';
import { bandLabels, stepTexts } from '../watch/band-texts';
import { stepBands, type Band } from '../watch/bands';
import { curvePath, type CurveRow } from '../watch/plot';
import {
  accuracyRows,
  accuracyValues,
  lossRows,
  rateRows,
  testPoints,
  withoutTail,
} from '../watch/rows';
import { placeOn } from '../charts/place-on';
import { svgLine, svgOf, svgText, type Look } from './svg';

/** What is drawn, and how it is written. */
export interface Subject {
  readonly title: string;
  readonly link: string;
  readonly recipe: readonly Step[];
  readonly variants: readonly Variant[];
  readonly history: readonly HistoryPoint[];
  readonly look: Look;
  readonly t: Translate;
  readonly format: Format;
}

const WIDTH = 640;
const LEFT = 56;
const RIGHT = 12;
/** Where the steps' names stand, and the first plot's. */
const STEPS = 60;
const HEAD = 80;
/** From a plot's name to the plot, and from the plot to the next name. */
const NAME = 18;
const GAP = 16;
const LOSS_HEIGHT = 170;
const SMALL_HEIGHT = 80;

interface Curve {
  readonly key: string;
  readonly colour: string;
  readonly width: number;
  readonly stepped?: boolean;
}

interface Plot {
  readonly name: string;
  readonly height: number;
  readonly rows: readonly CurveRow[];
  readonly curves: readonly Curve[];
  readonly axis: Axis;
  readonly scale: 'log' | 'linear';
  readonly write: (value: number) => string;
}

/** The losses, the accuracy and the learning rate, one below the other over the same iterations. */
export function curvesSvg(subject: Subject): string {
  const { title, link, look, t, format, history } = subject;
  const end = Math.max(1, history.at(-1)?.iteration ?? 0);
  const across = iterationScale(end);
  const plots: string[] = [];
  let y = HEAD;
  for (const plot of plotsOf(subject)) {
    plots.push(svgText(LEFT, y, plot.name, { fill: look['ink-quiet'] }));
    y += NAME - 8;
    const frame = { left: LEFT, right: WIDTH - RIGHT, top: y, bottom: y + plot.height };
    plots.push(...plotLines(plot, frame, end, look));
    y = frame.bottom + GAP + 8;
  }
  const bottom = y - 8;
  const reached = Math.max(-1, ...subject.variants.map(({ step }) => step));
  const body = [
    svgText(LEFT, 22, title, { fill: look.ink, weight: 600, size: 14 }),
    ...key(subject),
    ...stepBands(history, reached, null).flatMap((band) =>
      bandMarks(band, across, bottom - NAME, subject),
    ),
    ...plots,
  ];
  for (const tick of wholeTicks(0, end, 6)) {
    const anchor = { fill: look['ink-quiet'], anchor: 'middle' } as const;
    body.push(svgText(across(tick), bottom, format.number(tick, 0), anchor));
  }
  const middle = (LEFT + WIDTH - RIGHT) / 2;
  body.push(
    svgText(middle, bottom + 18, t('watch.iteration'), {
      fill: look['ink-quiet'],
      anchor: 'middle',
    }),
  );
  return svgOf({ width: WIDTH, height: bottom + 28, title, link, look, body });
}

/** What a band's steps are called, and where it ends. */
function bandMarks(
  band: Band,
  across: (iteration: number) => number,
  bottom: number,
  { recipe, look, t, format }: Subject,
): readonly string[] {
  const [left, right] = [across(band.from), across(band.to)];
  const { steps, after } = bandLabels(band, right - left, stepTexts(recipe, t, format));
  return [
    svgText(left, STEPS, steps.shown, { fill: look.ink }),
    svgText(right, STEPS, after.shown, { fill: look.ink, anchor: 'end' }),
    svgLine([right, STEPS + 6], [right, bottom], look.line),
  ];
}

/** What the two lines of the losses are. */
function key({ look, t }: Subject): readonly string[] {
  const at = (x: number, colour: string, width: number, text: string) => [
    `<path d="M${String(x)} 36h18" stroke="${colour}" stroke-width="${String(width)}"/>`,
    svgText(x + 24, 40, text, { fill: look['ink-quiet'] }),
  ];
  return [
    ...at(LEFT, look.accent, 2, t('watch.keyTest')),
    ...at(LEFT + 160, look['line-strong'], 1, t('watch.keyTrain')),
  ];
}

function plotsOf({ history, variants, recipe, look, t, format }: Subject): readonly Plot[] {
  const tests = testPoints(history, variants, recipe);
  const losses = lossRows(history, tests);
  const accuracies = accuracyRows(tests);
  const rates = rateRows(history);
  const lossValues = losses.flatMap(({ trainLoss, testLoss }) => [
    trainLoss ?? NaN,
    testLoss ?? NaN,
  ]);
  const rateValues = withoutTail(rates.map(({ learningRate }) => learningRate));
  const accuracyAxis = linearAxis([...accuracies.flatMap(accuracyValues), 1], 3);
  const accuracy: Plot = {
    name: t('watch.testAccuracy'),
    height: SMALL_HEIGHT,
    rows: accuracies,
    curves: [
      ...(accuracies.some(({ oldAccuracy }) => oldAccuracy !== null)
        ? [{ key: 'oldAccuracy', colour: look['ink-quiet'], width: 1.5 }]
        : []),
      { key: 'testAccuracy', colour: look.accent, width: 2 },
    ],
    axis: accuracyAxis,
    scale: 'linear',
    write: (value) => format.percent(value, percentDigits(accuracyAxis)),
  };
  return [
    {
      name: t('watch.loss'),
      height: LOSS_HEIGHT,
      rows: losses,
      curves: [
        { key: 'trainLoss', colour: look['line-strong'], width: 1 },
        { key: 'testLoss', colour: look.accent, width: 2 },
      ],
      axis: logAxis(steadyExtent(lossValues), 7),
      scale: 'log',
      write: format.tick,
    },
    ...(accuracies.length > 0 ? [accuracy] : []),
    {
      name: t('watch.learningRate'),
      height: SMALL_HEIGHT,
      rows: rates,
      curves: [{ key: 'learningRate', colour: look['ink-quiet'], width: 1.5, stepped: true }],
      axis: logAxis(steadyExtent(rateValues), 3),
      scale: 'log',
      write: format.tick,
    },
  ];
}

function iterationScale(end: number): (iteration: number) => number {
  return placeOn({ domain: [0, end], ticks: [] }, 'linear', LEFT, WIDTH - RIGHT);
}

function plotLines(plot: Plot, frame: Frame, end: number, look: Look): readonly string[] {
  const { axis, scale, curves, rows, write } = plot;
  const up = placeOn(axis, scale, frame.bottom, frame.top);
  // A rate that ends at zero has no logarithm: it ends at the frame.
  const within = (value: number) =>
    value > 0 || scale === 'linear'
      ? Math.min(frame.bottom, Math.max(frame.top, up(value)))
      : frame.bottom;
  return [
    ...axis.ticks.flatMap((tick) => [
      svgLine([frame.left, up(tick)], [frame.right, up(tick)], look.line),
      svgText(frame.left - 6, up(tick) + 4, write(tick), {
        fill: look['ink-quiet'],
        anchor: 'end',
      }),
    ]),
    svgLine([frame.left, frame.bottom], [frame.right, frame.bottom], look['line-strong']),
    ...curves.map(({ key: name, colour, width, stepped = false }) => {
      const path = curvePath(rows, name, iterationScale(end), within, stepped);
      return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${String(width)}" stroke-linejoin="round"/>`;
    }),
  ];
}
