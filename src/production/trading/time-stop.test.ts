import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Choice, QuestionSubject } from '#domain/session/question';
import { type Alone, at, of } from '#tests/one-service';
import { accepted, asked, barsAt, closesAt, holding, tradingDay } from '#tests/one-trade';

/** The first fill is of the minute of 10:00, so the time stop is due at 12:00 and told of at 11:55. R is 2.00. */
const settled = (choice: Choice, intent = 7, subject: QuestionSubject = 'time_stop'): Event => ({
  kind: 'question_settled',
  question: 20,
  subject,
  intent,
  settlement: 'answered',
  choice,
  override: choice === 'keep',
  by: 'me',
  because: 'it still builds',
  code: 'conviction',
});
const near = (said: readonly Event[]): readonly string[] => said.map(({ kind }) => kind).filter((kind) => kind === 'time_stop_near');

describe('the time stop', () => {
  test('is told of once, five minutes before it is due, with where the trade stands', () => {
    const alone = holding();
    expect(near(barsAt(alone, '11:54', 100.2))).toEqual([]);
    expect(of(barsAt(alone, '11:55', 100.2), 'time_stop_near')).toEqual([
      { kind: 'time_stop_near', intent: 7, symbol: 0, due: at('12:00'), shares: 200, mark: 1_002_000, stop: 980_000, target: 1_040_000 },
    ]);
    expect(near(barsAt(alone, '11:56', 100.2))).toEqual([]);
  });

  test('closes at the market when it is due', () => {
    const alone = holding();
    expect(closesAt(alone, '11:59', 100.2)).toEqual([]);
    expect(closesAt(alone, '12:00', 100.2)).toEqual([
      'cancel 7-stop (time_stop)',
      'cancel 7-target (time_stop)',
      'exit market 200 (time_stop)',
    ]);
    expect(closesAt(alone, '12:01', 100.2)).toEqual([]);
  });

  const rows: readonly [what: string, atNear: number, atDue: number, told: boolean, closes: boolean][] = [
    ['a quarter of R gained lets it stay', 100.5, 100.5, false, false],
    ['what is gained before it is due counts', 100.2, 100.5, true, false],
    ['what is lost again before it is due counts too', 100.5, 100.49, false, true],
    ['a loss closes', 99, 99, true, true],
  ];
  test.each(rows)('%s', (_, atNear, atDue, told, closes) => {
    const alone = holding();
    expect(near(barsAt(alone, '11:55', atNear)).length > 0).toBe(told);
    expect(closesAt(alone, '12:00', atDue).length > 0).toBe(closes);
  });

  test('is judged once: what has gained enough by then may fall back later', () => {
    const alone = holding();
    closesAt(alone, '12:00', 100.5);
    expect(closesAt(alone, '12:01', 100)).toEqual([]);
  });

  test.each<readonly [what: string, answer: Event, closes: boolean]>([
    ['keep: it is off for that trade', settled('keep'), false],
    ['close: it is closed when it is due', settled('close'), true],
    ['keep for another trade changes nothing', settled('keep', 8), true],
    ['a question about something else changes nothing', settled('keep', 7, 'entry'), true],
  ])('is settled with %s', (_, answer, closes) => {
    const alone = holding();
    barsAt(alone, '11:55', 100);
    expect(asked(alone.sees(answer, at('11:56')))).toEqual([]);
    expect(closesAt(alone, '12:00', 100).length > 0).toBe(closes);
    expect(closesAt(alone, '14:00', 100)).toEqual([]);
  });

  test('zero minutes switch it off, and with it the warning', () => {
    const alone = holding(200, { on: tradingDay({ exits: { timeStopMinutes: 0 } }) });
    expect(barsAt(alone, '11:55', 100)).toEqual([]);
    expect(closesAt(alone, '12:30', 100)).toEqual([]);
  });

  test('has nothing to say once the position is on its way out', () => {
    const alone = holding(200, { on: tradingDay({ exits: { timeStopMinutes: 354 } }) });
    expect(closesAt(alone, '15:50', 100)).toContain('exit limit 200 at 100 (flat_by_close)');
    expect(barsAt(alone, '15:52', 100)).toEqual([]);
    expect(closesAt(alone, '15:54', 100)).not.toContain('exit market 200 (time_stop)');
  });

  test('measures the gain by what the first stop risked, also when the stop has moved', () => {
    const alone = holding();
    closesAt(alone, '10:10', 102);
    alone.sees(accepted('exit-1'));
    expect(of(barsAt(alone, '11:55', 100.4), 'time_stop_near')[0]).toMatchObject({ stop: 1_000_000 });
    expect(closesAt(alone, '12:00', 100.5)).toEqual([]);
  });
});

describe('an entry that has not filled', () => {
  const silent = (alone: Alone): readonly string[] => closesAt(alone, '10:30', 100);
  test('is never stale when zero switches that off', () => {
    const alone = holding(150, { on: tradingDay({ exits: { entryMinutesMax: 0 } }) });
    expect(silent(alone)).toEqual([]);
    expect(silent(holding(150))).toEqual(['cancel 7-entry (entry_stale)']);
  });
});
