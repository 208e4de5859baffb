import { expect, test } from './support/fixtures';
import { iteration, open, playButton, runLink, statusIs } from './support/whittle';

for (const backend of ['webgl', 'webgpu']) {
  test(`a run whose ${backend} is lost goes on from its last checkpoint on the next backend, and the page says so`, async ({
    page,
    browser,
  }) => {
    const link = `v=1&data=spiral&model=mlp:16-16&backend=${backend}&train=epochs:40,batch:16`;
    await open(page, link);
    await playButton(page).click();
    await iteration(page, 20);
    const devtools = await browser.newBrowserCDPSession();
    // Takes every device and context with it, as a driver's reset does. It never answers.
    void devtools.send('Browser.crashGpuProcess').catch(() => undefined);
    const messages = page.getByRole('region', { name: 'Messages' });
    await expect(messages).toContainText(/lost/);
    await expect(messages).toContainText(/checkpoint/);
    await statusIs(page, 'done');
    const report = await runLink(page, link, { stay: true });
    expect(report.environment.backend).toBe('wasm');
    const iterations = report.history.map((point) => point.iteration);
    expect(iterations).toEqual(iterations.map((_, index) => index + 1));
  });
}
