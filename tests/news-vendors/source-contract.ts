import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import type { Headline } from '#engine/ports/headline';
import type { NewsProblem, NewsSource, NewsWindow } from '#engine/ports/news-source';
import { TestClock } from './test-clock.js';
import { type Fault, VendorServer } from './vendor-server.js';
import { impatient, KEY, type Story, type VendorMaker } from './vendors.js';

export type Walk = {
  readonly headlines: readonly Headline[];
  readonly reasons: readonly string[];
  readonly problem: NewsProblem | null;
};

export const NOW = '2026-11-24T20:00:00.000Z';
export const since = (text: string): NewsWindow => ({ since: instant(Date.parse(text)), until: null });

export async function walk(source: NewsSource, window: NewsWindow): Promise<Walk> {
  const headlines: Headline[] = [];
  const reasons: string[] = [];
  for await (const page of source.pages(window)) {
    if (!page.ok) return { headlines, reasons, problem: page.problem };
    headlines.push(...page.value.headlines);
    reasons.push(...page.value.refused.map(({ reason }) => reason));
  }
  return { headlines, reasons, problem: null };
}

export const idsOf = ({ headlines }: Walk): readonly string[] => [...new Set(headlines.map(({ id }) => id))].sort();

/** Stories a minute apart, oldest first, in the hours before `NOW`. */
export const stories = (count: number): readonly Story[] =>
  Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    text: `Story ${at + 1} about shares`,
    at: new Date(Date.parse('2026-11-24T14:00:00Z') + at * 60_000).toISOString(),
    symbols: ['EXMP'],
  }));

const EARLY = '2026-11-24T12:00:00Z';

/** What every vendor's adapter does, whatever the vendor. */
export function newsSourceContract(maker: VendorMaker): void {
  describe(`news from ${maker.name}`, () => {
    let server: VendorServer;
    let clock: TestClock;
    beforeEach(async () => {
      server = await VendorServer.start();
      clock = new TestClock(NOW);
      server.answer = maker.telling(() => stories(3));
    });
    afterEach(() => server.stop());
    const asked = (window = since(EARLY), stop?: AbortSignal): Promise<Walk> => walk(maker.source(server, clock, stop), window);

    test('stories of many pages come all, and each with what it is', async () => {
      server.answer = maker.telling(() => stories(230));
      const found = await asked();
      expect(found.problem).toBeNull();
      expect(idsOf(found)).toHaveLength(230);
      const [first] = found.headlines.filter(({ text }) => /Story 1 /.test(text));
      expect(first).toMatchObject({
        vendor: maker.name,
        publishedAt: Date.parse('2026-11-24T14:00:00Z'),
        updatedAt: Date.parse('2026-11-24T14:00:00Z'),
        symbols: maker.name === 'newsapi' ? [] : ['EXMP'],
      });
      expect(first?.receivedAt).toBe(Date.parse(NOW));
      expect(first?.id.startsWith(`${maker.name}:`)).toBe(true);
    });

    test('only what lies in the window comes', async () => {
      server.answer = maker.telling(() => stories(10));
      const window = { since: instant(Date.parse('2026-11-24T14:03:00Z')), until: instant(Date.parse('2026-11-24T14:06:00Z')) };
      expect(idsOf(await asked(window))).toHaveLength(4);
    });

    test('nothing new is no problem', async () => {
      server.answer = maker.telling(() => []);
      expect(await asked()).toEqual({ headlines: [], reasons: [], problem: null });
    });

    test('a Retry-After in seconds is waited for, then everything comes', async () => {
      server.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '17' } });
      const found = await asked();
      expect(idsOf(found)).toHaveLength(3);
      expect(clock.slept).toContain(17_000);
    });

    test('a Retry-After as a date is waited for', async () => {
      server.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': new Date(Date.parse(NOW) + 40_000).toUTCString() } });
      expect(idsOf(await asked())).toHaveLength(3);
      expect(clock.slept).toContain(40_000);
    });

    test('a Retry-After beyond patience is told instead of slept through', async () => {
      server.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
      expect((await asked()).problem).toMatchObject({ kind: 'rate_limited', waitMs: 3_600_000 });
      expect(server.asked).toHaveLength(1);
    });

    const passing: readonly Fault[] = [
      { kind: 'status', status: 500, body: 'oops' },
      { kind: 'status', status: 503, body: '<html>busy</html>' },
      { kind: 'status', status: 200, body: '<!doctype html><title>Maintenance</title>' },
      { kind: 'status', status: 200, body: '' },
      { kind: 'cut_body' },
      { kind: 'slow_headers' },
      { kind: 'slow_body' },
      { kind: 'reset' },
    ];
    for (const fault of passing) {
      test(`${JSON.stringify(fault)} passes: it asks again and everything comes`, async () => {
        server.faults.push(fault);
        const found = await asked();
        expect(found.problem).toBeNull();
        expect(idsOf(found)).toHaveLength(3);
      });
    }

    test('what does not pass ends after a bounded number of tries, each later than the one before', async () => {
      server.always = { kind: 'status', status: 502 };
      expect((await asked()).problem).toMatchObject({ kind: 'unreachable', tries: impatient.triesMax, last: 'server_error', status: 502 });
      expect(server.asked).toHaveLength(impatient.triesMax);
      expect(clock.slept).toEqual([...clock.slept].sort((a, b) => a - b));
    });

    for (const status of [400, 401, 403, 302]) {
      test(`status ${status} is taken at its word: one request, and the key is not repeated`, async () => {
        const body = JSON.stringify({ message: `key ${KEY} or ${encodeURIComponent(KEY)} is not authorized` });
        server.always = { kind: 'status', status, body, headers: { location: 'http://127.0.0.1:1/' } };
        const { problem } = await asked();
        expect(problem).toMatchObject({ kind: 'refused', status });
        expect(server.asked).toHaveLength(1);
        expect(JSON.stringify(problem)).not.toContain(KEY);
        expect(JSON.stringify(problem)).not.toContain(encodeURIComponent(KEY));
      });
    }

    test('a key in an answer of any shape is shown by nobody', async () => {
      const escaped = KEY.replaceAll('/', '\\/');
      for (const text of [
        `{"ok":false,"errors":["${escaped}"],"status":"error","message":"${KEY}"}`,
        `<html>${encodeURIComponent(KEY)}</html>`,
      ]) {
        server.always = { kind: 'status', status: 200, body: text };
        const said = JSON.stringify((await asked()).problem);
        for (const key of [KEY, encodeURIComponent(KEY), escaped]) expect(said).not.toContain(key);
      }
    });

    test('a key that the vendor repeats stands in no headline and in no address', async () => {
      const [one] = stories(1).map(maker.raw);
      server.answer = maker.tellingRaw([{ ...one, [maker.textField]: `Says ${KEY}`, url: `https://news.example/?token=${KEY}` }]);
      const found = await asked();
      expect(idsOf(found)).toHaveLength(1);
      expect(JSON.stringify(found)).not.toContain(KEY);
    });

    test('an answer of another shape is a problem, never a crash', async () => {
      for (const shape of [[1, 2], { news: 7 }, 'text', 7, null, { filings: { recent: [] } }]) {
        server.answer = () => JSON.stringify(shape);
        const { problem, headlines } = await asked();
        expect(headlines).toEqual([]);
        if (!Array.isArray(shape)) expect(problem).not.toBeNull();
      }
    });

    for (const [change, reason] of maker.odd) {
      test(`an item with ${JSON.stringify(change)} is refused as ${reason}, and the others come`, async () => {
        const [one, two, three] = stories(3).map(maker.raw);
        server.answer = maker.tellingRaw([one, { ...two, ...change }, three]);
        const found = await asked();
        expect(new Set(found.reasons)).toEqual(new Set([reason]));
        expect(idsOf(found)).toHaveLength(2);
      });
    }

    test('unknown fields and missing rest do no harm', async () => {
      const [one] = stories(1).map(maker.raw);
      server.answer = maker.tellingRaw([
        { ...one, surprise: { deep: [1] }, symbols: [null, 7, 'EXMP', 'DROP TABLE'], stocks: [{ name: 3 }, null] },
      ]);
      const found = await asked();
      expect(idsOf(found)).toHaveLength(1);
      expect(found.headlines[0]?.symbols.every((symbol) => symbol === 'EXMP')).toBe(true);
    });

    test('a headline of a megabyte is cut, and one line', async () => {
      const [one] = stories(1).map(maker.raw);
      server.answer = maker.tellingRaw([{ ...one, [maker.textField]: `a\nb ${'x'.repeat(1_000_000)}` }]);
      const found = await asked();
      expect(idsOf(found)).toHaveLength(1);
      expect(found.headlines[0]?.text.length).toBeLessThanOrEqual(500);
      expect(found.headlines[0]?.text).not.toContain('\n');
    });

    test('a body beyond the bound is refused, not read to its end', async () => {
      server.answer = () => 'x'.repeat(impatient.bodyBytesMax + 1);
      expect((await asked()).problem).toEqual({ kind: 'too_large', bytesMax: impatient.bodyBytesMax });
    });

    test('items out of order and twice over are all there', async () => {
      const shuffled = stories(9)
        .map((_, at, all) => all[(at * 4) % 9])
        .filter((story) => story !== undefined);
      server.answer = maker.tellingRaw([...shuffled, ...shuffled.slice(0, 3)].map(maker.raw));
      expect(idsOf(await asked())).toHaveLength(9);
    });

    test('told to stop, it stops', async () => {
      const stop = new AbortController();
      server.always = { kind: 'slow_headers' };
      setTimeout(() => stop.abort(), 20);
      expect((await asked(since(EARLY), stop.signal)).problem).toEqual({ kind: 'stopped' });
    });
  });
}
