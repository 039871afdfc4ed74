import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDirectory } from '#engine/journal/testing/sample-journal';
import { eagerJournal, hostilePage } from './reported-days.js';

const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe.skipIf(!hasBrowser)(`the report in a real browser${hasBrowser ? '' : ' (skipped: there is no /usr/bin/chromium)'}`, () => {
  let browser: Browser;
  let address = '';

  beforeAll(async () => {
    const { page } = await hostilePage(await eagerJournal(4));
    const file = join(emptyDirectory(), 'report.html');
    writeFileSync(file, page);
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath, args });
  }, 300_000);

  afterAll(() => browser?.close());

  /** The page as it opens at that width, with all that it said and asked for. */
  async function opened(width: number) {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(address);
    return { page, said, asked };
  }

  test.each([1280, 390])('at %d pixels it says nothing, asks for nothing and does not scroll sideways', async (width) => {
    const { page, said, asked } = await opened(width);
    expect(said).toEqual([]);
    expect(asked).toEqual([address]);
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    const tall = await page.evaluate<number>('document.documentElement.scrollHeight');
    expect(wide).toBeLessThanOrEqual(width);
    expect(tall).toBeGreaterThan(2_000);
    for (const details of await page.locator('details').all()) await details.evaluate((one) => one.setAttribute('open', ''));
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('script, iframe, object, form').count()).toBe(0);
    await page.close();
  });

  test('every anchor leads somewhere, and every chart can be seen and read aloud', async () => {
    const { page } = await opened(1280);
    const lost = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('a')]
      .map((one) => one.getAttribute('href') ?? '')
      .filter((href) => !href.startsWith('#') || document.getElementById(href.slice(1)) === null)`);
    expect(lost).toEqual([]);
    const charts = await page.locator('figure svg:visible').all();
    expect(charts.length).toBeGreaterThanOrEqual(4);
    for (const chart of charts) {
      expect(await chart.getAttribute('aria-label')).toMatch(/\d/);
      expect((await chart.boundingBox())?.height ?? 0).toBeGreaterThan(100);
    }
    // A bar of a chart, and a card.
    for (const [part, row] of [
      ['svg a[href^="#r-"]', /^r-\d+$/],
      ['a.card', /^number-day_pnl$/],
    ] as const) {
      await page.locator(part).first().click();
      expect(await page.evaluate<string>("document.querySelector(':target').id")).toMatch(row);
    }
    await page.locator('summary').first().click();
    await page.locator('details[open] a').first().click();
    expect(await page.evaluate<string>("document.querySelector(':target').tagName")).toBe('ARTICLE');
    await page.close();
  });

  test('letters of a chart stay within their picture', async () => {
    for (const width of [1280, 390]) {
      const { page } = await opened(width);
      const outside = await page.evaluate<readonly string[]>(`[...document.querySelectorAll('svg')].flatMap((svg) => {
        const box = svg.getBoundingClientRect();
        if (box.width === 0) return [];
        return [...svg.querySelectorAll('text')].flatMap((text) => {
          const { left, right, bottom } = text.getBoundingClientRect();
          return left < box.left - 1 || right > box.right + 1 || bottom > box.bottom + 1 ? [text.textContent] : [];
        });
      })`);
      expect(outside).toEqual([]);
      await page.close();
    }
  });

  test('it prints: pages of A4 with its title', async () => {
    const { page } = await opened(1280);
    // A4 without its margins, at 96 dots an inch: nothing may stand beyond it.
    await page.setViewportSize({ width: 710, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(710);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type ?\/Page\b/g)?.length ?? 0).toBeGreaterThan(2);
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 594\.\d* 841\.\d*\]|\/MediaBox ?\[0 0 595(?:\.\d*)? 842(?:\.\d*)?\]/);
    expect(await page.title()).toMatch(/^Catalyst report, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d \(SIMULATED/);
    expect(pdf).toContain('/Title');
    await page.close();
  });
});
