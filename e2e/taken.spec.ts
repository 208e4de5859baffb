import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { draw, testDigits } from './support/digits';
import { expect, test } from './support/fixtures';
import { fragment, open, runLink } from './support/whittle';

/** Saves a network as the page that runs it. */
async function take(page: Page, variant: string, path: string): Promise<string> {
  const bytes = await page.evaluate(
    async (id) => Array.from(await window.whittle.export(id, 'html')),
    variant,
  );
  await writeFile(path, Uint8Array.from(bytes));
  return pathToFileURL(path).href;
}

test('a network that was taken away recognizes drawn digits, from a file without a network', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(120_000);
  await runLink(page, 'v=1&data=mnist&model=mlp:64&seed=7&backend=wasm&train=epochs:1');
  const url = await take(page, 's0', info.outputPath('digits.html'));

  const taken = await browser.newPage();
  const asked: string[] = [];
  taken.on('request', (request) => asked.push(request.url()));
  await taken.goto(url);
  let right = 0;
  for (const { label, picture } of await testDigits(6)) {
    await draw(taken, taken.locator('canvas'), picture);
    const answer = await taken.locator('[aria-current=true] span').textContent();
    right += Number(answer === String(label));
    await taken.getByRole('button', { name: 'Clear' }).click();
    await expect(taken.locator('[aria-current=true]')).toHaveCount(0);
  }
  expect(right).toBeGreaterThanOrEqual(5);
  expect(asked).toEqual([url]);
  await taken.close();
});

test('a network of rows comes with a form, in the numbers of the data', async ({
  page,
  browser,
}, info) => {
  await runLink(page, 'v=1&data=iris&seed=7&backend=wasm&train=epochs:40,batch:16,lr:0.01');
  const url = await take(page, 's0', info.outputPath('iris.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const fill = async (numbers: readonly number[]) => {
    for (const [i, value] of numbers.entries()) {
      await taken.getByRole('spinbutton').nth(i).fill(String(value));
    }
    return taken.locator('[aria-current=true] span').textContent();
  };
  await expect(taken.getByRole('spinbutton')).toHaveCount(4);
  // The first of the setosa and of the virginica in Fisher's table.
  expect(await fill([5.1, 3.5, 1.4, 0.2])).toBe('setosa');
  expect(await fill([6.3, 3.3, 6.0, 2.5])).toBe('virginica');
  await taken.close();
});

test('a network of a regression answers with a number', async ({ page, browser }, info) => {
  await runLink(page, 'v=1&data=linear&model=mlp:8&seed=7&backend=wasm&train=epochs:20,batch:16');
  const url = await take(page, 's0', info.outputPath('linear.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const answer = taken.locator('#answer > output');
  await expect(answer).toHaveText(/^-?\d/);
  const before = await answer.textContent();
  await taken.getByRole('spinbutton').first().fill('2');
  await expect(answer).not.toHaveText(before ?? '');
  await taken.close();
});

/** The page's percentages of each class by the only variant, once the newest question is answered. */
async function pageShares(page: Page): Promise<Readonly<Record<string, number>>> {
  await expect(page.locator('.probabilities[aria-busy=false] .probability-best')).toHaveCount(1);
  return sharesIn(page, '.probabilities tbody tr');
}

/** Percentages by their names: the first number of each row. */
function sharesIn(page: Page, rows: string): Promise<Readonly<Record<string, number>>> {
  return page
    .locator(rows)
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((row) => [
          row.children[0]?.textContent ?? '',
          parseFloat(row.querySelector('td, output')?.textContent ?? ''),
        ]),
      ),
    );
}

/** Both show a digit behind the point. */
function expectSame(
  file: Readonly<Record<string, number>>,
  page: Readonly<Record<string, number>>,
) {
  expect(Object.keys(file)).toEqual(Object.keys(page));
  for (const [name, share] of Object.entries(page)) {
    expect(Math.abs((file[name] ?? NaN) - share)).toBeLessThanOrEqual(0.11);
  }
}

/** A dialog for data of the user's own, at one of its tabs. */
async function openOwn(page: Page, tab: string) {
  await open(page, 'v=1&data=iris&seed=7&backend=cpu&train=epochs:1');
  await page.getByRole('region', { name: 'Data', exact: true }).getByRole('button').first().click();
  await page.getByRole('option').last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: tab, exact: true }).click();
  return dialog;
}

/** Trains on the user's set that is chosen now. */
async function trainOwn(page: Page, model: string): Promise<void> {
  await expect.poll(() => fragment(page)).toMatch(/data=own:/);
  const ref = /data=(own:[^&]+)/.exec(fragment(page))?.[1] ?? '';
  const link = `v=1&data=${ref}&model=${model}&seed=7&backend=cpu&train=epochs:4,lr:0.003,batch:4`;
  await runLink(page, link, { stay: true });
}

/** Photographs that a browser has written: a round spot on a ground, wider than high. */
function photographs(page: Page, count: number): Promise<readonly number[][]> {
  return page.evaluate(
    (many) =>
      Promise.all(
        Array.from({ length: many }, async (_, i) => {
          const canvas = new OffscreenCanvas(90, 60);
          const context = canvas.getContext('2d');
          if (context === null) throw new Error('no canvas');
          context.fillStyle = `rgb(${i % 2 === 0 ? '200 60' : '60 200'} ${String((37 * i) % 200)})`;
          context.fillRect(0, 0, 90, 60);
          context.fillStyle = 'white';
          context.arc(25 + 2 * i, 30, 12, 0, 7);
          context.fill();
          const blob = await canvas.convertToBlob({
            type: i % 3 === 0 ? 'image/jpeg' : 'image/png',
          });
          return Array.from(new Uint8Array(await blob.arrayBuffer()));
        }),
      ),
    count,
  );
}

test('a network of photographs in colour is asked about one, with the same answer as on the page', async ({
  page,
  browser,
}, info) => {
  const dialog = await openOwn(page, 'Add pictures');
  const pictures = await photographs(page, 20);
  await dialog.getByRole('radio', { name: /colour/ }).check();
  const files = Object.fromEntries(
    pictures.map((bytes, i) => [
      `${i % 2 === 0 ? 'red' : '<i>green'}/${String(i)}.png`,
      Uint8Array.from(bytes),
    ]),
  );
  await dialog.getByLabel('Choose a zip file, or IDX files …').setInputFiles({
    ...{ name: 'spots.zip', mimeType: 'application/zip' },
    buffer: Buffer.from(zipSync(files)),
  });
  await dialog.getByRole('button', { name: /^Keep/ }).click();
  await expect(dialog).toHaveCount(0);
  await trainOwn(page, 'mlp:8');
  const file = { name: 'one.png', mimeType: 'image/png', buffer: Buffer.from(pictures[5] ?? []) };
  await page.getByLabel('Choose a picture …').setInputFiles(file);
  const wanted = await pageShares(page);

  const url = await take(page, 's0', info.outputPath('spots.html'));
  const taken = await browser.newPage();
  const asked: string[] = [];
  taken.on('request', (request) => asked.push(request.url()));
  await taken.goto(url);
  await taken.getByLabel('A picture').setInputFiles(file);
  await expect(taken.locator('[aria-current=true]')).toHaveCount(1);
  expectSame(await sharesIn(taken, '#answer li'), wanted);
  // A stroke goes over the picture; no picture leaves the answer as it is, and says so.
  const box = await taken.locator('canvas').boundingBox();
  await taken.getByLabel('Colour of the pen').fill('#00ff00');
  await taken.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 40);
  await taken.mouse.down();
  await taken.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  await taken.mouse.up();
  await expect.poll(() => sharesIn(taken, '#answer li')).not.toEqual(wanted);
  const text = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };
  await taken.getByLabel('A picture').setInputFiles(text);
  await expect(taken.getByRole('alert')).toContainText('cannot read that as a picture');
  expect(asked.filter((one) => !one.startsWith('blob:'))).toEqual([url]);
  await taken.close();
});

test('a network of inverted digits sees a drawing as the page does', async ({
  page,
  browser,
}, info) => {
  await runLink(page, 'v=1&data=mnist:inverted&model=mlp:16&seed=7&backend=wasm&train=epochs:1');
  const url = await take(page, 's0', info.outputPath('inverted.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const [digit] = await testDigits(1);
  if (digit === undefined) throw new Error('There is no digit.');
  const pad = page.getByRole('img', { name: /^Pad/ });
  // As large, so that the strokes are the same.
  const { width = 0 } = (await pad.boundingBox()) ?? {};
  await taken.addStyleTag({ content: `canvas { width: ${String(width)}px !important }` });
  await draw(page, pad, digit.picture);
  await draw(taken, taken.locator('canvas'), digit.picture);
  expectSame(await sharesIn(taken, '#answer li'), await pageShares(page));
  await expect(taken.locator('[aria-current=true] span')).toHaveText('7');
  await taken.close();
});

test('a network of a table of the user’s is asked in its numbers and by the names of its categories', async ({
  page,
  browser,
}, info) => {
  const dialog = await openOwn(page, 'Add a table');
  const rows = Array.from({ length: 60 }, (_, i) => {
    const colour = ['red', 'green', '<b>blue'][i % 3] ?? '';
    return `${String(1000 + ((i * 37) % 100))},${colour},${i % 3 === 1 ? 'yes' : 'no'}`;
  });
  await dialog.getByLabel('Or paste a table').fill(['price,colour,sold', ...rows].join('\n'));
  await dialog.getByRole('button', { name: 'Read it' }).click();
  await dialog.getByRole('button', { name: 'Keep it, and use it' }).click();
  await expect(dialog).toHaveCount(0);
  await trainOwn(page, 'mlp:8');
  const url = await take(page, 's0', info.outputPath('sold.html'));
  const taken = await browser.newPage();
  await taken.goto(url);
  const colour = taken.getByLabel('colour');
  await expect(taken.getByLabel('price')).toHaveValue(/^10[45]\d$/);
  await expect(colour.getByRole('option')).toHaveText(['<b>blue', 'green', 'red'], {
    useInnerText: true,
  });
  const yes = async (name: string) => {
    await colour.selectOption(name);
    return (await sharesIn(taken, '#answer li'))['yes'] ?? NaN;
  };
  expect(await yes('green')).toBeGreaterThan(await yes('red'));
  expect(await yes('green')).toBeGreaterThan(await yes('<b>blue'));
  await taken.close();
});
