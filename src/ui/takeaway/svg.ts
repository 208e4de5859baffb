import { escapeText } from '../../experiment/escape-text';

/** Colours that a drawing takes, by the names of the page's tokens. */
export const COLOURS = [
  ...(['card', 'ink', 'ink-quiet', 'line', 'line-strong', 'accent'] as const),
  ...(['baseline', 'pruned', 'quantized', 'reshaped', 'combined', 'other'] as const),
] as const;

export type Look = Readonly<Record<(typeof COLOURS)[number], string>>;

/** The light tokens of theme/tokens.css, which a test holds them to: for paper. */
export const ON_PAPER: Look = {
  ...{ card: '#ffffff', ink: '#1f1d1a', 'ink-quiet': '#666057' },
  ...{ line: '#e6e1d7', 'line-strong': '#8d867a', accent: '#a4541f' },
  ...{ baseline: '#6b6b6b', pruned: '#0072b2', quantized: '#e69f00', reshaped: '#cc79a7' },
  ...{ combined: '#009e73', other: '#9c8b6e' },
};

/** The colours that the page shows now. */
export function shownLook(): Look {
  const style = getComputedStyle(document.documentElement);
  const colours = COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(colours) as Look;
}

/** Fonts that every system has: a picture brings none along. */
export const FONT =
  "system-ui, 'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Where it comes from. */
  readonly link: string;
  readonly look: Look;
  readonly body: readonly string[];
}

/** A picture that stands by itself: its colours and sizes are numbers, its title and its link are in it. */
export function svgOf({ width, height, title, link, look, body }: Drawing): string {
  const box = `${String(width)} ${String(height)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box}" width="${String(width)}" height="${String(height)}" role="img" font-family="${escapeText(FONT)}" font-size="12">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(link)}</desc>`,
    `<rect width="100%" height="100%" fill="${look.card}"/>`,
    ...body,
    '</svg>',
  ].join('\n');
}

interface TextStyle {
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
  readonly size?: number;
}

export function svgText(x: number, y: number, text: string, style: TextStyle): string {
  const { fill, anchor = 'start', weight, size } = style;
  const extra = [
    ...(anchor === 'start' ? [] : [` text-anchor="${anchor}"`]),
    ...(weight === undefined ? [] : [` font-weight="${String(weight)}"`]),
    ...(size === undefined ? [] : [` font-size="${String(size)}"`]),
  ].join('');
  return `<text x="${rounded(x)}" y="${rounded(y)}" fill="${fill}"${extra}>${escapeText(text)}</text>`;
}

export function svgLine(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: string,
): string {
  return `<line x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}" stroke="${stroke}"/>`;
}

function rounded(value: number): string {
  return String(Number(value.toFixed(1)));
}
