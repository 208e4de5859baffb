import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Report, Variant, VariantRole } from '../../src/experiment/report';
import type { RunStatus } from '../../src/worker/protocol';

/** Opens a link and waits until the page listens to programs. */
export async function open(page: Page, link: string): Promise<void> {
  await page.goto(`/#${link}`);
  await page.waitForFunction(() => 'whittle' in window);
  // Controls arrive just after the first paint.
  await expect(page.locator('[data-still]')).toHaveCount(0);
}

/** Opens the link (unless `stay`) and runs it through the scripting interface. */
export async function runLink(
  page: Page,
  link: string,
  options: { stay?: boolean } = {},
): Promise<Report> {
  if (options.stay !== true) await open(page, link);
  await page.waitForFunction(() => 'whittle' in window);
  return page.evaluate((fragment) => window.whittle.run(fragment), link);
}

export function playButton(page: Page) {
  return page.getByRole('button', { name: 'Play', exact: true });
}

/** Waits until training has come to an iteration of the whole recipe. */
export async function iteration(page: Page, reached: number, timeout = 60_000): Promise<void> {
  await page.waitForFunction((wanted) => window.whittle.progress().iteration >= wanted, reached, {
    timeout,
  });
}

export async function statusIs(page: Page, status: RunStatus, timeout = 60_000): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => window.whittle.progress().status), { timeout })
    .toBe(status);
}

/** The fragment of the address, which follows an edit when it rests. */
export function fragment(page: Page): string {
  return new URL(page.url()).hash.slice(1);
}

/** The variant that plays `role`; a report without it fails the test by its message. */
export function variantOf(report: Report, role: VariantRole): Variant {
  const found = report.variants.find((variant) => variant.role === role);
  if (found === undefined) {
    const roles = report.variants.map((variant) => `${variant.id}: ${variant.role}`).join(', ');
    throw new Error(`The report has no variant of role ${role}; it has ${roles}.`);
  }
  return found;
}

/** What must be the same every time: metrics, sizes and history without the clock. */
export function comparable(report: Report): string {
  return JSON.stringify({
    variants: report.variants.map(({ id, role, metrics, size, multiplyAdds }) => ({
      id,
      role,
      metrics,
      size,
      multiplyAdds,
    })),
    history: report.history.map((point) => ({ ...point, elapsedMs: 0 })),
  });
}
