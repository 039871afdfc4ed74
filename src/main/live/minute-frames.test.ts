import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { type LiveBar, MinuteFrames } from '#main/live/minute-frames';

const found = usCalendar.session('2026-03-16' as SessionDate);
if (!found.ok) throw new Error('no session');
const session = found.value;
const GRACE = 2_000;

const at = (clock: string, seconds = 0): ReturnType<typeof instant> => {
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return instant(session.open + (minute - session.openMinute) * MINUTE_MS + seconds * 1000);
};
const bar = (symbol: number, clock: string, close = 100_000, volume = 500): LiveBar => ({
  symbol: symbolIndex(symbol),
  start: at(clock),
  open: 100_000,
  high: Math.max(100_000, close),
  low: Math.min(100_000, close),
  close,
  volume,
});
const told = (frames: MinuteFrames, now: ReturnType<typeof instant>): readonly string[] =>
  [...frames.due(now)].map(({ minute, present, regular, volume }) => `${minute} ${present} ${regular} ${[...volume].join(' ')}`);

describe('minutes of a live session', () => {
  test('a minute is told when it is over and its bars had their time to come', () => {
    const frames = new MinuteFrames(session, 2, GRACE);
    frames.take(bar(1, '09:30'));
    expect(told(frames, at('09:31', 1.9))).toEqual([]);
    frames.take(bar(0, '09:30', 100_000, 7));
    expect(told(frames, at('09:31', 2))).toEqual(['570 2 true 7 500']);
    expect(told(frames, at('09:31', 59))).toEqual([]);
  });

  test('F5: a minute without a bar is told as such, and never as one of zeros', () => {
    const frames = new MinuteFrames(session, 2, GRACE);
    expect(told(frames, at('09:32', 30))).toEqual(['570 0 true -1 -1', '571 0 true -1 -1']);
  });

  test('before the open and after the close only minutes in which something traded are told', () => {
    const frames = new MinuteFrames(session, 1, GRACE);
    frames.take(bar(0, '08:15'));
    expect(told(frames, at('09:00'))).toEqual(['495 1 false 500']);
    for (const _ of frames.due(at('16:00', 2)));
    frames.take(bar(0, '16:05'));
    expect(told(frames, at('17:00'))).toEqual(['965 1 false 500']);
  });

  test('F6: a bar that comes after its minute was told changes nothing and is counted; a second one in time replaces the first', () => {
    const frames = new MinuteFrames(session, 1, GRACE);
    frames.take(bar(0, '09:30', 100_100));
    frames.take(bar(0, '09:30', 100_200));
    const [first] = [...frames.due(at('09:31', 2))];
    expect([first?.close[0], first?.present]).toEqual([100_200, 1]);
    frames.take(bar(0, '09:30', 100_300));
    expect(first?.close[0]).toBe(100_200);
    expect(frames.late).toEqual({ late: 1, outside: 0 });
  });

  test('what no column can hold, or lies in no minute of the session, is counted and left out', () => {
    const frames = new MinuteFrames(session, 1, GRACE);
    for (const odd of [bar(1, '09:30'), bar(0, '03:59'), bar(0, '20:00'), bar(0, '09:30', 2 ** 31), bar(0, '09:30', 100_000, 2 ** 31)])
      frames.take(odd);
    expect(frames.late.outside).toBe(5);
    expect(told(frames, at('09:31', 2))).toEqual(['570 0 true -1']);
  });

  test('minutes that a journal holds already are not told again', () => {
    const frames = new MinuteFrames(session, 1, GRACE);
    const earlier = new MinuteFrames(session, 1, GRACE);
    const [, last] = [...earlier.due(at('09:32', 2))];
    if (last === undefined) throw new Error('two minutes');
    frames.take(bar(0, '09:30'));
    frames.skipTo(last);
    expect(told(frames, at('09:33', 2))).toEqual(['572 0 true -1']);
  });

  test('the next minute is always due at the instant that is promised', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 240, max: 1199 }), { maxLength: 20 }), (minutes) => {
        const frames = new MinuteFrames(session, 1, GRACE);
        for (const minute of minutes)
          frames.take({ ...bar(0, '09:30'), start: instant(session.open + (minute - session.openMinute) * MINUTE_MS) });
        let before: number = session.preOpen;
        for (let step = 0; step < 30; step++) {
          const due = frames.nextDue;
          expect([...frames.due(instant(due - 1))]).toEqual([]);
          expect(due).toBeGreaterThan(before);
          const now = [...frames.due(due)];
          expect(now.length).toBe(1);
          before = due;
        }
      }),
    );
  });
});
