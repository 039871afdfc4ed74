import { beforeAll, describe, expect, test } from 'vitest';
import type { Trade } from '#domain/performance/trade';
import { dateOfDay, type SessionDate } from '#domain/values/session-date';
import { equityChart } from '#main/report/html/charts';
import { htmlReport } from '#main/report/html/html-report';
import { safe } from '#main/report/html/markup';
import { ticks } from '#main/report/html/svg';
import { picturedTrades, TradeLinks } from '#main/report/html/trade-links';
import { type Report, reportOf } from '#main/report/report-of';
import { headLines } from '#main/report/report-text';
import { eagerJournal, hostile, hostilePage } from '#tests/reporting/reported-days';

describe('a page whose headlines, notes and names are hostile', () => {
  let page = '';
  let report: Report;
  let trades: readonly Trade[] = [];

  beforeAll(async () => {
    const made = await hostilePage(await eagerJournal(2));
    page = made.page;
    report = made.report;
    trades = report.trades;
  }, 300_000);

  test('holds no mark of theirs, and none that turns or ends a line', () => {
    expect(trades.length).toBeGreaterThan(5);
    expect(page).not.toMatch(/<script|<img|onerror="|<b>[^<]*<b>/i);
    expect(page).not.toMatch(/[\u202A-\u202E\u2028\u2029]/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('\\u202egnp.exe');
    expect(page).toContain('&amp;lt;');
  });

  test('asks for nothing: no address, no import, no script, and a policy that would refuse them', () => {
    expect(page).not.toMatch(/https?:|url\(|@import|<link (?!rel="icon" href="data:,")|<script|javascript:/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`);
  });

  test('says first of all that it is simulated, and leads from each trade to its row and back', () => {
    expect(page.indexOf('SIMULATED')).toBeLessThan(page.indexOf('<h1'));
    for (const { id } of trades)
      for (const anchor of [`id="trade-${id}"`, `id="row-${id}"`, `href="#trade-${id}"`, `href="#row-${id}"`])
        expect(page).toContain(anchor);
    const all = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const ids = new Set(all);
    expect(ids.size).toBe(all.length);
    for (const [, to = ''] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(to);
  });

  test('what a session made leads to its first trade in the table', () => {
    const first = new Map(trades.toReversed().map(({ session, id }) => [session, id]));
    for (const [date, id] of first)
      expect(page).toMatch(new RegExp(`<td class="[^"]*" title="${date}: [^"]*">.{1,20}<b><a href="#row-${id}">`));
  });

  test('the cards lead to their numbers, and the bars of charts to the trades in them', () => {
    for (const [, name] of page.matchAll(/<a class="card" href="#number-([a-z_]+)">/g)) expect(page).toContain(`<tr id="number-${name}">`);
    expect(page.match(/<a class="card" href/g)).toHaveLength(8);
    const withRisk = trades.filter(({ rMultiple }) => rMultiple !== null);
    const bars = [...page.matchAll(/<a href="#r-(\d+)" aria-label="(\d+) trades? /g)];
    expect(bars.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(withRisk.length);
    for (const [, place, count] of bars) {
      const [, row = ''] = new RegExp(`<tr id="r-${place}">(.*?)</tr>`).exec(page) ?? [];
      expect(row).toContain(`<summary>${count}</summary>`);
      expect(row.match(/<a href="#trade-/g)).toHaveLength(Number(count));
    }
    const hours = report.performance.groups.hour.filter(({ metrics }) => metrics.expectancy.value !== null);
    expect(page.match(/<a href="#hour-\d+" aria-label="/g)).toHaveLength(hours.length);
  });

  test('of no session it leads nowhere', () => {
    const none = reportOf(report.record, { ...report.range, from: '1990-01-01' as SessionDate, to: '1990-12-31' as SessionDate });
    expect(htmlReport(none, new Map())).not.toContain('href="#');
  });

  test('sessions that were cut short are told, not only the last', () => {
    const days = report.days.map((day) => ({ ...day, complete: false }));
    const said = headLines({ ...report, days }).filter((line) => line.includes('not complete'));
    expect(said).toEqual([expect.stringMatching(/^1 earlier session is not/), expect.stringMatching(/goes on, or its data end early/)]);
  });

  test('dates along the equity keep apart, however many there are', () => {
    const [day] = report.days;
    if (day === undefined) throw new Error('no day');
    for (let count = 2; count < 70; count++) {
      const days = Array.from({ length: count }, (_, place) => ({ ...day, date: dateOfDay(20_000 + place) }));
      const [wide = ''] = equityChart(days).split('</svg>');
      const places = [...wide.matchAll(/<text x="([\d.]+)"[^>]*>\d{4}-/g)].map(([, x]) => Number(x));
      for (const [at, x] of places.entries()) if (at > 0) expect(x - (places[at - 1] as number), `${count} days`).toBeGreaterThan(130);
    }
  });

  test('every opened tag is closed again', () => {
    const open: string[] = [];
    for (const [, end, name = '', , empty] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g)) {
      if (empty === '/' || ['meta', 'link', 'br'].includes(name)) continue;
      if (end === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

test('a text from outside is only text', () => {
  expect(safe(hostile)).not.toMatch(/[<>"']/);
  expect(safe('Mergers & Co')).toBe('Mergers &amp; Co');
});

describe('a number of many trades', () => {
  const trades = Array.from({ length: 1000 }, (_, place) => ({ id: `t${place}`, rMultiple: place }) as Trade);
  const links = new TradeLinks(trades);

  test('opens to each of them: a hundred lead to their page or row, the others are named', () => {
    const ids = trades.filter((_, place) => place % 2 === 0).map(({ id }) => id);
    const opened = links.behind(ids, '500');
    expect([...opened.matchAll(/t\d+(?=[ <])/g)].map(([id]) => id)).toEqual(ids);
    expect(opened.match(/<a href="#(?:row|trade)-t/g)).toHaveLength(100);
  });
  test('of all of them leads to their table', () => {
    const ids = trades.map(({ id }) => id);
    expect(links.behind(ids, '1000')).toBe('<a href="#trades">1000</a>');
  });
  test('of none is only told', () => {
    expect(links.behind([], 'no trades')).toBe('no trades');
  });
});

test('of many trades the best, the worst and the last have a page', () => {
  const trades = Array.from({ length: 1000 }, (_, place) => ({ id: String(place), rMultiple: (place * 37) % 1000 }) as Trade);
  const shown = picturedTrades(trades);
  expect(shown).toHaveLength(200);
  const byR = trades.toSorted((one, other) => (one.rMultiple ?? 0) - (other.rMultiple ?? 0));
  for (const trade of [...byR.slice(0, 60), ...byR.slice(-60), ...trades.slice(-60)]) expect(shown).toContain(trade);
  expect(shown).toEqual(trades.filter((trade) => shown.includes(trade)));
  expect(picturedTrades(trades.slice(0, 200))).toHaveLength(200);
});

test.each<readonly [from: number, to: number, about: number, found: readonly number[]]>([
  [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  [-1, 1, 4, [-1, -0.5, 0, 0.5, 1]],
  [985_000, 1_015_000, 5, [990_000, 1_000_000, 1_010_000]],
  [5, 5, 5, [5]],
])('ticks from %d to %d are round', (from, to, about, found) => {
  expect(ticks([from, to], about)).toEqual(found);
});
