import { placeLabels } from '../charts/place-labels';
import { SHAPES } from '../charts/roles';
import { textWidth } from '../charts/text-width';
import { pointsOf, scoreAxis, sizeAxis } from '../compare/points';
import { variantNames } from '../compare/useVariantName';
import type { Subject } from './curves-svg';
import { placeOn } from '../charts/place-on';
import { svgLine, svgOf, svgText } from './svg';

const WIDTH = 640;
const HEIGHT = 380;
const FRAME = { left: 60, top: 66, right: WIDTH - 28, bottom: HEIGHT - 52 };
const FONT_SIZE = 12;
const LINE = 15;
const RADIUS = 7;

/** Accuracy, or R², against the size of the packed file; null where there is nothing to draw. */
export function scatterSvg(subject: Subject): string | null {
  const { title, link, look, t, format, variants, recipe } = subject;
  const points = pointsOf(variants);
  if (points.length === 0) return null;
  const regression = variants.some(({ metrics }) => metrics.accuracy === undefined);
  const sizes = sizeAxis(points.map(({ kilobytes }) => kilobytes));
  const scores = scoreAxis(
    points.map(({ score }) => score),
    regression ? 1 : 100,
  );
  const nameOf = variantNames(t, recipe.map(({ technique }) => technique).join(' '));
  const labels = points.map(({ variant }) => nameOf.full(variant));
  const across = placeOn(sizes, 'log', FRAME.left, FRAME.right);
  const up = placeOn(scores, 'linear', FRAME.bottom, FRAME.top);
  const places = points.map(({ kilobytes, score }) => ({ x: across(kilobytes), y: up(score) }));
  const boxes = placeLabels(
    places.map((place, i) => ({ ...place, width: textWidth(labels[i] ?? '', FONT_SIZE) })),
    { ...FRAME, top: FRAME.top - LINE, right: WIDTH },
    LINE,
    RADIUS,
  );
  const quiet = { fill: look['ink-quiet'] };
  const body = [
    svgText(FRAME.left, 22, title, { fill: look.ink, weight: 600, size: 14 }),
    svgText(FRAME.left, 44, regression ? 'R²' : t('compare.accuracyPercent'), quiet),
    ...scores.ticks.flatMap((tick) => [
      svgLine([FRAME.left, up(tick)], [FRAME.right, up(tick)], look.line),
      svgText(FRAME.left - 8, up(tick) + 4, format.plain(tick), { ...quiet, anchor: 'end' }),
    ]),
    ...sizes.ticks.map((tick) =>
      svgText(across(tick), FRAME.bottom + 18, format.significant(tick, 3), {
        ...quiet,
        anchor: 'middle',
      }),
    ),
    svgLine([FRAME.left, FRAME.bottom], [FRAME.right, FRAME.bottom], look['line-strong']),
    svgText((FRAME.left + FRAME.right) / 2, FRAME.bottom + 38, t('compare.fileSizeAxis'), {
      ...quiet,
      anchor: 'middle',
    }),
    ...points.map(({ variant }, i) => {
      const { x = 0, y = 0 } = places[i] ?? {};
      return `<path d="${SHAPES[variant.role]}" fill="${look[variant.role]}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"/>`;
    }),
    ...boxes.flatMap((box, i) =>
      box === null ? [] : [svgText(box.left, box.bottom - 4, labels[i] ?? '', { fill: look.ink })],
    ),
  ];
  return svgOf({ width: WIDTH, height: HEIGHT, title, link, look, body });
}
