import { expect, test } from 'vitest';
import type { Frame } from '#domain/events/frame';
import { reliabilityFactor, SourceReliability } from '#domain/news/source-reliability';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { type Bar, columns } from '#tests/bar-columns';

const OPEN = Date.UTC(2018, 2, 12, 13, 30);

/** Every name moves evenly from 100 dollars by its share of `moves` over thirty minutes. */
function frame(minute: number, moves: readonly number[], regular = true): Frame {
  const bars = moves.map((move): Bar => {
    const price = (at: number): number => Math.round(1_000_000 * (1 + (move * at) / 30));
    return [price(minute), price(minute + 1), price(minute), price(minute + 1), 100];
  });
  return { ...columns(bars), minute: 570 + minute, start: instant(OPEN + minute * MINUTE_MS), present: bars.length, regular };
}

/** What a source is worth after one headline on name 0 and so many minutes. */
function after(direction: number, moves: readonly number[], minutes = 30, from = 0): number {
  const sources = new SourceReliability();
  sources.list(moves.length);
  sources.expect('Wire', symbolIndex(0), direction, OPEN + from * MINUTE_MS);
  for (let minute = 0; minute < minutes; minute++) sources.update(frame(minute, moves));
  return sources.of('wire');
}

test.each<readonly [what: string, direction: number, moves: readonly number[], reliability: number]>([
  ['good news and a rise', 1, [0.02, 0, 0], 11 / 21],
  ['good news and a fall', 1, [-0.02, 0, 0], 10 / 21],
  ['bad news and a fall', -1, [-0.02, 0, 0], 11 / 21],
  ['good news and a rise that all others surpass', 1, [0.01, 0.05, 0.05], 10 / 21],
  ['bad news and a rise that all others surpass', -1, [0.01, 0.05, 0.05], 11 / 21],
])('%s', (_, direction, moves, reliability) => expect(after(direction, moves)).toBe(reliability));

test('an outcome counts once its thirty minutes are over, and not a minute before', () => {
  expect(after(1, [0.02, 0, 0], 29)).toBe(0.5);
  expect(after(1, [0.02, 0, 0], 30)).toBe(11 / 21);
  expect(after(1, [0.02, 0, 0], 39, 10)).toBe(0.5);
  expect(after(1, [0.02, 0, 0], 40, 10)).toBe(11 / 21);
});

test('a headline within a minute waits for the next bar', () => {
  expect(after(1, [0.02, 0, 0], 30, 0.5)).toBe(0.5);
  expect(after(1, [0.02, 0, 0], 31, 0.5)).toBe(11 / 21);
});

test('what a night or a split cuts short is not counted, and bars before the open are not looked at', () => {
  for (const cut of [(one: SourceReliability) => one.endSession(), (one: SourceReliability) => one.forget(0)]) {
    const sources = new SourceReliability();
    sources.list(2);
    sources.expect('wire', symbolIndex(0), 1, OPEN);
    for (let minute = 0; minute < 20; minute++) sources.update(frame(minute, [0.02, 0]));
    cut(sources);
    for (let minute = 20; minute < 60; minute++) sources.update(frame(minute, [0.02, 0]));
    expect(sources.of('wire')).toBe(0.5);
  }
  const early = new SourceReliability();
  early.list(2);
  early.expect('wire', symbolIndex(0), 1, OPEN);
  for (let minute = 0; minute < 40; minute++) early.update(frame(minute, [0.02, 0], false));
  expect(early.of('wire')).toBe(0.5);
});

test('a headline of a name that does not trade waits one night for its first bar, and no second one', () => {
  for (const [nights, reliability] of [
    [1, 11 / 21],
    [2, 0.5],
  ] as const) {
    const sources = new SourceReliability();
    sources.list(2);
    sources.expect('wire', symbolIndex(0), 1, OPEN);
    for (let night = 0; night < nights; night++) sources.endSession();
    for (let minute = 0; minute < 30; minute++) sources.update(frame(minute, [0.02, 0]));
    expect(sources.of('wire')).toBe(reliability);
  }
});

test('a source without a name, or without a side, teaches nothing', () => {
  const sources = new SourceReliability();
  sources.list(2);
  sources.expect('', symbolIndex(0), 1, OPEN);
  sources.expect('wire', symbolIndex(0), 0, OPEN);
  for (let minute = 0; minute < 40; minute++) sources.update(frame(minute, [0.02, 0]));
  expect([sources.of(''), sources.of('wire'), sources.of('__proto__')]).toEqual([0.5, 0.5, 0.5]);
});

test.each([
  [0.5, 1],
  [0.6, 1.2],
  [0.9, 1.5],
  [0.1, 0.5],
])('reliability %d multiplies strength by %d', (reliability, factor) => expect(reliabilityFactor(reliability)).toBe(factor));
