import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { SymbolTable } from '#main/day/symbol-table';
import { MarketClock } from '#main/live/market-clock';
import { systemClock } from '#main/news/system-clock';
import { checkCalendar } from '#main/paper/calendar-check';
import { ClockCheck } from '#main/paper/clock-check';
import { MarketEar } from '#main/paper/market-line';
import { runningBroker } from '../sim-broker/running-broker.js';
import { atBroker } from './at-broker.js';

const found = usCalendar.session('2026-03-16' as SessionDate);
if (!found.ok) throw new Error('no session');
const session = found.value;
const TEN = instant(session.open + 30 * MINUTE_MS);

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** A broker at ten o'clock, whose time stands still, and what is to be reached there. */
async function opened() {
  const served = await runningBroker({ atMinute: 600 });
  const stop = new AbortController();
  const connection = atBroker(served, stop.signal);
  closings.push(async () => {
    stop.abort();
    connection.close();
    await served.close();
  });
  return { served, stop, connection };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

describe('E1: our clock beside the broker’s', () => {
  /** Standing still but for what the question takes on its way, so `offMs` is what is found. */
  const differenceAt = async (offMs: number) => {
    const { connection } = await opened();
    const clock = new MarketClock({ now: instant(TEN + offMs), speed: 1 }, () => 0);
    return new ClockCheck(connection.brokerage, clock).ask(session);
  };

  test.each([-30_000, -2_500, 2_500, 600_000])('a difference of %i ms is told, with both times', async (offMs) => {
    const told = await differenceAt(offMs);
    expect(told).toMatchObject({ difference: 'clock', symbol: null, theirs: TEN });
    expect((told?.ours ?? 0) - TEN).toBe(offMs);
  });

  test.each([-900, 0, 900])('one of %i ms is none', async (offMs) => expect(await differenceAt(offMs)).toBeNull());

  test('a clock that is right again is told once, and then no more', async () => {
    const { connection, served } = await opened();
    const clock = new MarketClock({ now: instant(TEN + 5_000), speed: 1 }, () => 0);
    const check = new ClockCheck(connection.brokerage, clock);
    expect(await check.ask(session)).toMatchObject({ ours: TEN + 5_000 });
    await served.step(5_000);
    const right = await check.ask(session);
    expect([right?.ours, right?.theirs]).toEqual([TEN + 5_000, TEN + 5_000]);
    expect(await check.ask(session)).toBeNull();
  });

  test('E4: a market that the broker says is closed at ten is as far away as its next opening', async () => {
    const served = await runningBroker({ date: '2026-03-16', atMinute: 1_000 });
    const stop = new AbortController();
    const connection = atBroker(served, stop.signal);
    closings.push(async () => {
      stop.abort();
      connection.close();
      await served.close();
    });
    // Our calendar takes this instant for the middle of a session, and the broker's does not.
    const open = instant(TEN + 390 * MINUTE_MS - 120 * MINUTE_MS);
    const longer = { ...session, open, close: instant(open + 390 * MINUTE_MS) };
    const clock = new MarketClock({ now: instant(session.open + (1_000 - 570) * MINUTE_MS), speed: 1 }, () => 0);
    const told = await new ClockCheck(connection.brokerage, clock).ask(longer);
    expect(told?.detail).toBe('the broker says that the market is closed');
    expect((told?.theirs ?? 0) - (told?.ours ?? 0)).toBeGreaterThan(60 * MINUTE_MS);
  });
});

describe('our calendar beside the broker’s', () => {
  test('E3, E4: a session is as ours has it, shorter than ours has it, or none', async () => {
    const { connection } = await opened();
    const friday = usCalendar.session('2026-11-27' as SessionDate);
    if (!friday.ok) throw new Error('no session');
    expect(await checkCalendar(session, connection.marketData)).toEqual({ agrees: true, said: '' });
    expect(await checkCalendar(friday.value, connection.marketData)).toEqual({ agrees: true, said: '' });
    expect(await checkCalendar({ ...friday.value, closeMinute: 960 }, connection.marketData)).toEqual({
      agrees: false,
      said: "the broker's session of 2026-11-27 runs from minute 570 to 780, ours from 570 to 960",
    });
    const holiday = { ...session, date: '2026-11-26' as SessionDate };
    expect(await checkCalendar(holiday, connection.marketData)).toEqual({
      agrees: false,
      said: 'the broker has no session on 2026-11-26, and our calendar has one',
    });
  });

  test('a broker that does not answer says nothing against it', async () => {
    const { connection, served } = await opened();
    await served.admin('POST', '/faults', {
      name: 'calendar',
      on: 'request',
      path: '/v2/calendar*',
      times: 0,
      effect: { kind: 'answer', when: 'before', status: 500, code: 50010000, message: 'no' },
    });
    const { agrees, said } = await checkCalendar(session, connection.marketData);
    expect([agrees, said.includes('not known')]).toEqual([true, true]);
  });
});

const nothing = { bars: [], updatedBars: [], lulds: [], trades: [], quotes: [] };

describe('the market’s data line', () => {
  const listening = async () => {
    const { served, stop, connection } = await opened();
    const symbols = new SymbolTable();
    symbols.list(served.tickers);
    const events: Event[] = [];
    const said: string[] = [];
    const time = new MarketClock({ now: TEN, speed: 1 }, () => 0);
    const ours = { ms: 0 };
    const ear = new MarketEar({
      line: connection.marketLine,
      clock: time,
      symbols,
      bar: () => {},
      tell: (event) => events.push(event),
      say: (line) => said.push(line),
      machine: () => ours.ms,
    });
    connection.marketLine.choose({ ...nothing, statuses: symbols.tickers });
    void ear.follow(stop.signal);
    await until(() => said.some((line) => line.includes('bars are told')));
    return { served, line: connection.marketLine, symbols, ear, events, said, time, ours, name: served.tickers[0] ?? '' };
  };

  test('E5: a halt and its end are told of the name that they are of', async () => {
    const { served, events, name } = await listening();
    await served.admin('POST', '/market/status', { ticker: name, code: 'H', reason: 'T1' });
    await served.admin('POST', '/market/status', { ticker: name, code: 'T', reason: '' });
    await until(() => events.length === 2);
    expect(events).toEqual([
      { kind: 'asset_status_changed', symbol: 0, status: 'halted' },
      { kind: 'asset_status_changed', symbol: 0, status: 'trading' },
    ]);
  });

  test('E6: a breaker of the whole market ends entries until a person lifts it', async () => {
    const { served, events, name } = await listening();
    await served.admin('POST', '/market/status', { ticker: name, code: 'H', reason: 'MWC1' });
    await until(() => events.length === 2);
    expect(events[1]).toMatchObject({
      kind: 'request_received',
      request: { kind: 'stop_trading', level: 'cancel_entries', from: 'program', because: 'market-wide breaker MWC1' },
    });
  });

  test('F9: a name whose bars are not told is not entered, and the others are', async () => {
    const { served, line, symbols, events, said } = await listening();
    served.parts.desk.faults.add({ name: 'plan', on: 'data', effect: { kind: 'stream_error', code: 405, ends: false } });
    line.choose({ ...nothing, statuses: symbols.tickers, bars: symbols.tickers.slice(0, 2) });
    await until(() => events.length === 2);
    expect(events).toEqual([0, 1].map((symbol) => ({ kind: 'name_quarantined', symbol, why: 'its bars are not told' })));
    expect(said).toContain('data     bars of 2 names are not told (code 405)');
  });

  test('F9: names whose quotes are not told are only spoken of', async () => {
    const { served, line, symbols, events, said } = await listening();
    served.parts.desk.faults.add({ name: 'plan', on: 'data', effect: { kind: 'stream_error', code: 405, ends: false } });
    line.choose({ ...nothing, statuses: symbols.tickers, quotes: symbols.tickers.slice(0, 2) });
    await until(() => said.includes('data     quotes of 2 names are not told (code 405)'));
    expect(events).toEqual([]);
  });

  test('C5: a line that is connected and brings no bar is dialled anew, once and not again at once', async () => {
    const { ear, said, time, ours } = await listening();
    ours.ms = 10_000;
    ear.checkAlive(TEN);
    time.set({ now: instant(TEN + 149_999), speed: 1 });
    ear.checkAlive(TEN);
    expect(said.filter((line) => line.includes('silent'))).toEqual([]);
    time.set({ now: instant(TEN + 150_000), speed: 1 });
    ours.ms = 9_999;
    ear.checkAlive(TEN);
    expect(said.filter((line) => line.includes('silent'))).toEqual([]);
    ours.ms = 10_000;
    ear.checkAlive(TEN);
    ear.checkAlive(TEN);
    expect(said.filter((line) => line.includes('silent')).length).toBe(1);
    await until(() => said.filter((line) => line.includes('bars are told')).length === 2);
  });
});

test('a clock whose time stands still sleeps as long as ours', async () => {
  const began = systemClock.now();
  await new MarketClock({ now: TEN, speed: 0 }).sleep(30);
  expect(systemClock.now() - began).toBeGreaterThanOrEqual(25);
});
