import { expect, test } from 'vitest';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { madeMarket } from './made-market.js';

test('time never goes back on the tape, and a bar comes only when its minute is over', async () => {
  const { session, run } = await madeMarket();
  const told = run(instant(session.open + 30 * MINUTE_MS));
  const times = told.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const bars = told.flatMap((moment) => (moment.kind === 'bar' ? [moment] : []));
  expect(bars.length).toBeGreaterThan(60);
  expect(bars.every(({ at, bar }) => at === bar.start + MINUTE_MS)).toBe(true);
});

test('what was printed in a minute is its bar; a late print is in the bar that is told again', async () => {
  const { session, run } = await madeMarket({ symbols: 12 });
  const told = run(instant(session.open + 60 * MINUTE_MS));
  const volumes = new Map<string, number>();
  for (const moment of told) {
    if (moment.kind !== 'trade' || moment.at < session.open) continue;
    const key = `${moment.ticker} ${Math.floor(moment.at / MINUTE_MS) * MINUTE_MS}`;
    volumes.set(key, (volumes.get(key) ?? 0) + moment.size);
  }
  const whole = new Map<string, number>();
  let again = 0;
  for (const moment of told) {
    if (moment.kind === 'bar') whole.set(`${moment.ticker} ${moment.bar.start}`, moment.bar.volume);
    if (moment.kind !== 'updated_bar') continue;
    expect(whole.get(`${moment.ticker} ${moment.bar.start}`)).toBeLessThan(moment.bar.volume);
    whole.set(`${moment.ticker} ${moment.bar.start}`, moment.bar.volume);
    again++;
  }
  expect(again).toBeGreaterThan(0);
  // The last minute's late prints are yet to be told.
  const over = [...whole].filter(([key]) => Number(key.split(' ')[1]) < session.open + 59 * MINUTE_MS);
  expect(Object.fromEntries(over)).toEqual(Object.fromEntries(over.map(([key]) => [key, volumes.get(key)])));
});

test('the same seed tells the same, and a day needs no memory of those before', async () => {
  const one = await madeMarket({ seed: 8 });
  const two = await madeMarket({ seed: 8 });
  const until = instant(one.session.open + 10 * MINUTE_MS);
  expect(one.run(until)).toEqual(two.run(until));
});

test('each name is quoted around its last close before the first print of a day', async () => {
  const { session, tape, before, run } = await madeMarket();
  const closes = new Map(before.flatMap((moment) => (moment.kind === 'trade' ? [[moment.ticker, moment.price] as const] : [])));
  const quotes = run(session.preOpen).flatMap((moment) => (moment.kind === 'quote' ? [moment] : []));
  expect(quotes.map(({ ticker }) => ticker)).toEqual(tape.tickers);
  for (const { ticker, bid, ask } of quotes) {
    const close = closes.get(ticker) as number;
    expect(bid < close && close < ask).toBe(true);
  }
});

test('the time may not pass the days that are loaded', async () => {
  const { session, tape } = await madeMarket();
  const limit = tape.preparedUntil;
  expect(limit).toBeGreaterThan(session.postClose);
  await tape.prepare(instant(limit as number));
  expect(tape.preparedUntil).toBeGreaterThan(limit as number);
});
