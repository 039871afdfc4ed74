import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseE4 } from '#domain/values/decimal';
import { hasReference, reference } from '#tests/reference-data';
import { catalyst, objects, sessionLines } from './catalyst.js';
import { newFolder } from './made-data.js';

type Bar = { readonly open: number; readonly high: number; readonly low: number; readonly close: number; readonly volume: number };
/** By symbol and minute, read here and not by the program. */
type Bars = ReadonlyMap<string, Bar>;
type Line = Readonly<Record<string, unknown>>;

function barsIn(files: readonly string[]): Bars {
  const bars = new Map<string, Bar>();
  for (const file of files) {
    for (const row of gunzipSync(readFileSync(file)).toString().trimEnd().split('\n').slice(1)) {
      const [symbol, time, open, high, low, close, volume] = row.split(',');
      bars.set(`${symbol}|${time}`, {
        open: Number(open),
        high: Number(high),
        low: Number(low),
        close: Number(close),
        volume: Number(volume),
      });
    }
  }
  return bars;
}

type Day = { readonly sessions: readonly Line[]; readonly ledger: readonly Line[]; readonly bars: Bars; readonly journal: string };

function run(data: string, files: readonly string[], range: readonly [string, string], news: readonly string[]): Day {
  const journal = join(newFolder('real'), 'journal');
  const args = [
    'day',
    '--data',
    data,
    '--from',
    range[0],
    '--to',
    range[1],
    ...news.flatMap((file) => ['--news', file]),
    '--json',
    '--journal',
    journal,
  ];
  const ran = catalyst(args);
  expect(ran.code, ran.err).toBe(0);
  return {
    sessions: sessionLines(ran.out),
    ledger: objects(catalyst(['ledger', '--journal', journal, '--json']).out),
    bars: barsIn(files),
    journal,
  };
}

const e4 = (text: unknown): number => parseE4(String(text)) ?? Number.NaN;
const fillsOf = ({ ledger }: Day): readonly Line[] => ledger.filter(({ kind }) => kind === 'fill');

/** Every fill against its raw bar and its order, and the sums of each session. */
function needTrueFills(day: Day): void {
  const orders = new Map<unknown, Line>();
  const flow = new Map<string, number>();
  const shares = new Map<unknown, number>();
  for (const line of day.ledger) {
    if (line['kind'] === 'order') orders.set(line['order'], line);
    if (line['kind'] !== 'fill') continue;
    const { symbol, bar: start, price, seq, side, shares: count, fees, flags, order } = line;
    const bar = day.bars.get(`${symbol}|${start}`);
    const asked = orders.get(order);
    expect(bar, `fill ${seq}: ${symbol} traded at ${start}`).toBeDefined();
    expect(asked, `fill ${seq} has an order`).toBeDefined();
    if (bar === undefined || asked === undefined) continue;
    expect(String(asked['at']) <= String(start), `fill ${seq}: the order of ${asked['at']} meets the bar of ${start}`).toBe(true);
    const at = e4(price) / 10_000;
    const reach = Math.max(0.02, bar.close * 0.001) + 1e-9;
    if ((flags as string[]).some((flag) => flag === 'at_close' || flag === 'no_market'))
      expect(at, `fill ${seq}`).toBeCloseTo(bar.close, 4);
    expect(at >= bar.low - reach && at <= bar.high + reach, `fill ${seq}: ${at} in ${bar.low} to ${bar.high}`).toBe(true);
    expect(Number(count), `fill ${seq}`).toBeLessThanOrEqual(bar.volume);
    const signed = side === 'buy' ? Number(count) : -Number(count);
    shares.set(symbol, (shares.get(symbol) ?? 0) + signed);
    expect([...shares.values()].filter((left) => left !== 0).length).toBeLessThanOrEqual(5);
    const session = String(start).slice(0, 10);
    flow.set(session, (flow.get(session) ?? 0) - signed * e4(price) - e4(fees));
  }
  expect([...shares.values()].every((left) => left === 0)).toBe(true);
  for (const { session, pnl } of day.sessions) expect(e4(pnl), String(session)).toBe(flow.get(String(session)) ?? 0);
}

describe.skipIf(!hasReference)('29 sessions of 284 names of 2018 with two wires (needs CATALYST_REFERENCE)', () => {
  const folder = reference('data/restricted/us_equity/minute_284sym_2018');
  const files = hasReference
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.csv.gz'))
        .sort()
    : [];
  const wires = ['reuters_headlines_daily', 'cnbc_headlines_timed'].map((name) => reference(`data/open/news/${name}.csv.gz`));
  const day = (): Day =>
    (ran ??= run(
      folder,
      files.map((name) => join(folder, name)),
      ['2018-02-16', '2018-03-29'],
      wires,
    ));
  let ran: Day | null = null;

  test('every session of the files is run and complete, with every bar counted', () => {
    expect(files).toHaveLength(29);
    expect(day().sessions.map(({ session }) => session)).toEqual(files.map((name) => name.slice(0, 10)));
    expect(day().sessions.reduce((sum, { bars }) => sum + Number(bars), 0)).toBe(day().bars.size);
    expect(day().sessions.every(({ complete }) => complete === true)).toBe(true);
  });

  test('every fill stands in the raw bars', () => {
    expect(fillsOf(day()).length).toBeGreaterThan(20);
    needTrueFills(day());
  });

  test('the clocks went forward on 2018-03-11: sessions close at 21:00Z before and at 20:00Z after', () => {
    const closes = day()
      .ledger.filter(({ kind }) => kind === 'session_closed')
      .map(({ session, at }) => [session, String(at).slice(11)]);
    for (const [session, at] of closes) expect(at, String(session)).toBe(String(session) < '2018-03-11' ? '21:00:00Z' : '20:00:00Z');
    const traded = day()
      .ledger.filter(({ kind, entry }) => kind === 'order' && entry === true)
      .map(({ at }) => String(at));
    for (const at of traded) expect(at.slice(11) > (at < '2018-03-11' ? '14:30:00Z' : '13:30:00Z'), at).toBe(true);
    expect(traded.some((at) => at > '2018-03-11' && at.slice(11) < '14:30:00Z')).toBe(true);
  });

  test('names that were taken over and trade no more are never held afterwards', () => {
    for (const name of ['JUNO', 'CPN']) {
      const last =
        [...day().bars.keys()]
          .filter((key) => key.startsWith(`${name}|`))
          .sort()
          .at(-1)
          ?.split('|')[1] ?? '';
      expect(last < '2018-03-29', `${name} trades until ${last}`).toBe(true);
      expect(day().ledger.filter(({ symbol, at }) => symbol === name && String(at).slice(0, 10) > last.slice(0, 10))).toEqual([]);
    }
  });

  test('the journal is whole and can be made again', () => {
    expect(catalyst(['verify', '--journal', day().journal]).code).toBe(0);
    expect(catalyst(['replay', '--journal', day().journal]).code).toBe(0);
  });
});

describe.skipIf(!hasReference)('43 names of March 2026 with timed news (needs CATALYST_REFERENCE)', () => {
  const file = reference('data/restricted/us_equity/minute_43sym_2026_03.csv.gz');
  const news = [reference('data/restricted/news/us_news_2026_03.csv.gz')];
  const day = (): Day => (ran ??= run(file, [file], ['2026-03-12', '2026-03-31'], news));
  let ran: Day | null = null;

  test('the last session is cut at 11:05 in New York, ends flat and says so', () => {
    const last = day().sessions.at(-1);
    expect(last).toMatchObject({ session: '2026-03-31', complete: false, lastBar: expect.stringMatching(/^2026-03-31T15:0[45]:00Z$/) });
    needTrueFills(day());
  });

  test('headlines are told in the sessions that they touch', () => {
    const told = day()
      .sessions.filter(({ headlines }) => Number(headlines) > 0)
      .map(({ session }) => session);
    expect(told).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-23']));
  });
});
