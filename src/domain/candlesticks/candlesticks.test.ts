import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CandleBars, candlesticks } from '#domain/candlesticks/candlesticks';
import { candlestickPage } from '#tests/candlestick-page';
import { barsFrom, barsOf, madeUpCandles } from '#tests/made-up-candles';

const all = [...candlesticks.values()];
const { bars: madeUp, answers } = madeUpCandles();
const size = answers.length;

const answersOf = (bars: CandleBars, at: CandleAnswer): number[] => Array.from({ length: bars.close.length }, (_, i) => at(bars, i));
type CandleAnswer = (bars: CandleBars, i: number) => number;

test('there are the 61 patterns of TA-Lib, and the page of reference tells of them', () => {
  expect(candlesticks.size).toBe(61);
  expect([...candlestickPage().keys()]).toEqual([...candlesticks.keys()].sort());
});

test.each(all)('$name of the made-up bars is what TA-Lib gives, and occurs at least three times', ({ name, lookback, at }) => {
  const given = answersOf(madeUp, at);
  expect(given).toEqual(answers.map((here) => here.get(name) ?? 0));
  const hits = given.filter((answer) => answer !== 0).length;
  expect(hits).toBeGreaterThanOrEqual(3);
  expect(candlestickPage().get(name)).toMatchObject({ lookback, madeUp: hits });
});

test.each(all)('$name looks at no bar after the one it judges, and at none before its lookback', ({ lookback, at }) => {
  const given = answersOf(madeUp, at);
  const alone = given.map((_, i) => (i < lookback ? 0 : at(barsFrom(madeUp, i - lookback, i + 1), lookback)));
  expect(alone).toEqual(given);
});

test.each(all)('$name is silent before its lookback and past the end', ({ lookback, at }) => {
  const start = answersOf(barsFrom(madeUp, size - lookback, size), at);
  expect(start).toEqual(Array(lookback).fill(0));
  expect(at(madeUp, size)).toBe(0);
});

test.each([10, 10_000])('prices times %i give the same answers', (times) => {
  const scaled = barsFrom(madeUp, 0, size, (price) => price * times);
  for (const { name, at } of all) expect(answersOf(scaled, at), name).toEqual(answersOf(madeUp, at));
});

test('typed columns give the same answers', () => {
  const typed = {
    open: Int32Array.from(madeUp.open),
    high: Int32Array.from(madeUp.high),
    low: Int32Array.from(madeUp.low),
    close: Int32Array.from(madeUp.close),
  };
  for (const { name, at } of all) expect(answersOf(typed, at), name).toEqual(answersOf(madeUp, at));
});

/** On bars that never moved a body of 0 is at most a tenth of a range of 0, and what should be equal is. */
test('of bars that never moved only those speak that ask for no size', () => {
  const flat = barsOf(Array(40).fill([100, 100, 100, 100]));
  const speaking = all.filter(({ at }) => answersOf(flat, at).some((answer) => answer !== 0)).map(({ name }) => name);
  expect(speaking).toEqual(['doji']);
});

/** A body and two shadows from an open, all of a few ticks, so that zeros and ties are common. */
const candle = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -4, max: 4 }), fc.nat(3), fc.nat(3))
  .map(([open, body, up, down]) => [open, Math.max(open, open + body) + up, Math.min(open, open + body) - down, open + body]);

test('whatever the bars, an answer is one of TA-Lib', () => {
  fc.assert(
    fc.property(fc.array(candle, { minLength: 5, maxLength: 40 }), (rows) => {
      const bars = barsOf(rows);
      for (const { name, at } of all)
        for (const answer of answersOf(bars, at)) expect([0, 80, 100, 200], `${name}: ${answer}`).toContain(Math.abs(answer));
    }),
  );
});
