import { expect, test } from 'vitest';
import type { Frame } from '#domain/events/frame';
import { defaultSettings } from '#domain/settings';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import { trading } from '#production/trading/trading';
import { shadowTrade, type Told } from '#simulation/shadow/shadow-trade';
import { type Bar, columns, still } from '#tests/bar-columns';
import { at, closed, minuteOf, opened } from '#tests/one-service';
import { approved } from '#tests/one-trade';

const VOLUME = 1_000_000;

/** Frames of one name from 09:30 to that minute: it trades through the limit of 100.00 at 10:00, and lies at 100.50 else. */
function framesUntil(last: string): readonly Frame[] {
  const frames: Frame[] = [];
  for (let minute = minuteOf('09:30'); minute < minuteOf(last); minute++) {
    const bar: Bar = minute === minuteOf('10:00') ? [1_005_000, 1_005_000, 995_000, 1_005_000, VOLUME] : still(1_005_000, VOLUME);
    const start = instant(at('09:30') + (minute - minuteOf('09:30')) * MINUTE_MS);
    frames.push({ ...columns([bar]), minute, start, present: 1, regular: true });
  }
  return frames;
}

/** The shadow of 200 shares at 100.00 that were wanted at 10:00; the name has its last bar before `last`. */
function cast(last: string, told: readonly Told[] = []) {
  const { intent, order, stamp } = approved();
  const exits = { ...defaultSettings.exits, timeStopMinutes: 0 };
  const settings = { ...defaultSettings, exits };
  const plan = { order, intent, symbol: symbolIndex(0), at: at('10:00'), settings, stamp, standing: [], told };
  return shadowTrade(plan, { opened: opened(1), closed: closed(), frames: framesUntil(last), serviceOf: trading });
}

const clockOf = (bar: number): string => {
  const minute = minuteOf('09:30') + (bar - at('09:30')) / MINUTE_MS;
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
};

test('what nobody could have sold is closed at the last price there was, as for a position that was held', () => {
  const { fills, reason } = cast('10:30');
  expect(fills.map(({ side, shares, bar, flags }) => `${side} ${shares} ${clockOf(bar)} ${flags.join(' ')}`)).toEqual([
    'buy 200 10:00 ',
    'sell 200 10:29 no_market',
  ]);
  expect(reason).toBe('flat_by_close');
});

test('an exit that is asked for within a minute meets the next one, not the bar in which it was asked', () => {
  const close = { kind: 'close_requested', symbol: symbolIndex(0), by: 'ada', from: 'person', because: 'enough', code: null } as const;
  const { fills, reason } = cast('16:00', [{ at: instant(at('10:05') + 20_000), event: close }]);
  expect(fills.map(({ side, bar }) => `${side} ${clockOf(bar)}`)).toEqual(['buy 10:00', 'sell 10:06']);
  expect(reason).toBe('operator_close');
});
