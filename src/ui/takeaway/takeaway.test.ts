import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLink } from '../../experiment/link';
import type { HistoryPoint, Report } from '../../experiment/report';
import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import { formatFor } from '../../i18n/format';
import { translator } from '../../i18n/translate';
import { techniqueSpecs } from '../../techniques/registry';
import { variantWith } from '../compare/fixtures';
import { curvesSvg, type Subject } from './curves-svg';
import { reportPage } from './report-page';
import { scatterSvg } from './scatter-svg';
import { COLOURS, ON_PAPER } from './svg';

const LINK = 'v=1&data=mnist&train=&prune=sparsity:0.9&quantize=bits:4';
const HOSTILE = '<img src=x onerror=alert(1)>"&\'</title></svg><script>alert(2)</script>';
const { experiment } = parseLink(LINK, techniqueSpecs).link;
const VARIANTS = [
  variantWith('baseline', { step: 0, metrics: { accuracy: 0.9812 } }),
  variantWith('pruned', {
    step: 1,
    metrics: { accuracy: 0.9634 },
    size: { packedBytes: 61_000, nonzero: 27_000 },
  }),
  variantWith('combined', {
    step: 2,
    metrics: { accuracy: 0.9578 },
    size: { packedBytes: 22_000 },
  }),
];
const history: readonly HistoryPoint[] = Array.from({ length: 100 }, (_, i) => ({
  ...{ step: 0, iteration: i + 1, epoch: 1, trainLoss: 2 / (i + 1), elapsedMs: i },
  learningRate: 0.001,
  ...(i % 10 === 9 && { testLoss: 2.2 / (i + 1), testAccuracy: 0.5 + i / 250 }),
}));
const report: Report = {
  ...{ link: LINK, version: '0.1.0', variants: VARIANTS, history },
  environment: {
    ...{ backend: 'wasm', threads: 2, userAgent: HOSTILE, crossOriginIsolated: true },
  },
};
const languages = { en: translator('en', en), zh: translator('zh', zh) };

function subject(title: string): Subject {
  return {
    ...{ title, link: `https://whittle.test/#${LINK}`, recipe: experiment.recipe },
    ...{ variants: VARIANTS, history, look: ON_PAPER },
    ...{ t: languages.en.t, format: formatFor('en') },
  };
}

/** The elements of a markup by name, none of which may be left open. */
function elementsOf(markup: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [, end, name = '', rest = ''] of markup.matchAll(/<(\/?)([a-z]\w*)([^>]*)>/gi)) {
    if (end === '/') expect(open.pop(), `</${name}>`).toBe(name);
    else {
      found.push(name);
      if (!rest.endsWith('/') && name !== 'meta') open.push(name);
    }
  }
  expect(open).toEqual([]);
  return found;
}

describe('a chart as SVG', () => {
  const drawings = [curvesSvg(subject(HOSTILE)), scatterSvg(subject(HOSTILE)) ?? ''];

  it('stands by itself: no variables of the page, no classes, nothing that it loads', () => {
    for (const svg of drawings) {
      expect(svg).not.toMatch(/var\(|class=|href|url\(|@import/);
      expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
      expect(svg).not.toContain('NaN');
    }
  });

  it('has its title and its link in it, whatever the title is', () => {
    for (const svg of drawings) {
      const elements = elementsOf(svg);
      expect(elements).not.toContain('script');
      expect(elements).not.toContain('img');
      expect(svg).toContain('<title>&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
      expect(svg).toContain('<desc>https://whittle.test/#v=1&amp;data=mnist');
    }
  });

  it('draws every curve, and a mark for every variant', () => {
    const [curves = '', scatter = ''] = drawings;
    expect(curves.match(/fill="none" stroke=/g)).toHaveLength(4);
    expect(scatter.match(/transform="translate/g)).toHaveLength(VARIANTS.length);
  });

  it('has on paper the colours of the light page', () => {
    const css = readFileSync(join(import.meta.dirname, '..', 'theme', 'tokens.css'), 'utf8');
    for (const name of COLOURS) expect(css).toContain(`  --${name}: ${ON_PAPER[name]};`);
  });
});

describe('the run as a page', () => {
  const make = (language: 'en' | 'zh', title = 'A run') =>
    reportPage({
      ...{ report, experiment, title, link: `https://whittle.test/#${LINK}` },
      ...{ differing: 12, date: new Date(2026, 0, 2, 3, 4) },
      ...{ translator: languages[language], format: formatFor(language) },
    });

  it('has no scripts and loads nothing, whatever title and browser are called', () => {
    const page = make('en', HOSTILE);
    const elements = elementsOf(page.replace('<!doctype html>', ''));
    for (const name of ['script', 'img', 'link', 'iframe']) expect(elements).not.toContain(name);
    expect(page).not.toMatch(/\son\w+=(?!x)["']/);
    expect(page).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
  });

  it('has the numbers of the report, the recipe, both charts and where it ran, in both languages', () => {
    for (const language of ['en', 'zh'] as const) {
      const page = make(language);
      expect(page.match(/<svg /g)).toHaveLength(2);
      for (const { metrics: measured } of VARIANTS) {
        expect(page).toContain((100 * (measured.accuracy ?? 0)).toFixed(2));
      }
      expect(page).toContain('90 %');
      expect(page).toContain('WASM');
      expect(page).toContain('784 – 300 – 100 – 10');
      expect(page).not.toMatch(/\{\{|takeaway\.|undefined|NaN/);
    }
    expect(make('zh')).toContain('<html lang="zh">');
  });
});
