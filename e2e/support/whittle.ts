import type { Page } from '@playwright/test';
import type { Report, Variant, VariantRole } from '../../src/experiment/report';

/** Opens the page (unless `stay`) and runs `link` through the scripting interface. */
export async function runLink(
  page: Page,
  link: string,
  options: { stay?: boolean } = {},
): Promise<Report> {
  if (options.stay !== true) await page.goto('/');
  await page.waitForFunction(() => 'whittle' in window);
  return page.evaluate((fragment) => window.whittle.run(fragment), link);
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
