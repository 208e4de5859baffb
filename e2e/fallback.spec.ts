import { expect, test } from './support/fixtures';
import { open, playButton, runLink, statusIs } from './support/whittle';

// This Chromium has neither WebGPU nor WebGL (playwright.config.ts).
for (const backend of ['webgpu', 'webgl']) {
  test(`where there is no ${backend}, a link that asks for it trains on the next backend, and the page says so`, async ({
    page,
  }) => {
    const link = `v=1&data=spiral&model=mlp:16-16&backend=${backend}&train=epochs:20,batch:16`;
    await open(page, link);
    const messages = page.getByRole('region', { name: 'Messages' });
    await expect(messages).toContainText(new RegExp(backend, 'i'));
    await expect(messages).toContainText(/wasm/i);
    await expect(page.getByRole('button', { name: /WebAssembly|WASM/ })).toBeVisible();
    await playButton(page).click();
    await statusIs(page, 'done');
    const report = await runLink(page, link, { stay: true });
    expect(report.environment.backend).toBe('wasm');
    expect(report.history.at(-1)?.epoch).toBe(20);
  });
}
