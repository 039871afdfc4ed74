import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Answer } from '#domain/events/request';
import { entryOptions } from '#domain/session/consequences';
import type { Question } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { TerminalOperator } from '#main/operator/terminal-operator';
import { typedAnswer, typedReason } from '#main/operator/typed-answer';
import { at, intentOf, opened } from '#tests/one-service';

const sized = { ...intentOf(1), stop: 980_000 as Price, shares: quantity(50), risk: cash(1_000_000) };
const question: Question = {
  subject: 'entry',
  intent: 2,
  symbol: symbolIndex(1),
  shares: 50,
  price: 1_000_000 as Price,
  terms: 'abc',
  deadline: at('10:05'),
  options: entryOptions(sized),
  recommended: 'enter',
  whenSilent: 'decline',
};

/** Somebody who types these lines, each so many milliseconds after the one before, at a keyboard whose clock goes only by that. */
class Seat {
  readonly said: string[] = [];
  now = 0;
  caughtUp = true;
  readonly #typed: (readonly [ms: number, line: string])[];
  readonly operator: TerminalOperator;
  #sequence = 0;

  constructor(typed: readonly (readonly [ms: number, line: string])[], speed = 1) {
    this.#typed = [...typed];
    this.operator = new TerminalOperator({
      by: 'ann',
      speed,
      now: () => this.now,
      caughtUp: () => this.caughtUp,
      say: (line) => this.said.push(line),
      lines: {
        next: async (ms) => {
          const [first] = this.#typed;
          if (first === undefined || first[0] > ms) {
            this.now += ms;
            if (first !== undefined) this.#typed[0] = [first[0] - ms, first[1]];
            return null;
          }
          this.#typed.shift();
          this.now += first[0];
          return first[1];
        },
        forget: () => {
          while (this.#typed[0]?.[0] === 0) this.#typed.shift();
        },
      },
    });
    this.sees(opened(3));
  }

  sees(event: Event, when: Instant = at('10:00')): number {
    this.operator.see({ sequence: ++this.#sequence, at: when, cause: 0, event });
    return this.#sequence;
  }

  asks(): number {
    return this.sees({ kind: 'question_asked', question, stamp: firstStamp(defaultSettings) });
  }

  /** What has been answered by the end of the day, with milliseconds after 10:00. */
  answers(): readonly (readonly [ms: number, Partial<Answer>])[] {
    const all: (readonly [number, Partial<Answer>])[] = [];
    for (let next = this.operator.next(at('16:00')); next !== null; next = this.operator.next(at('16:00')))
      if (next.request.kind === 'answer_question') all.push([next.at - at('10:00'), next.request]);
    return all;
  }
}

test('a line is an answer with the time of the market, and the day goes on at once', async () => {
  const seat = new Seat([[2_500, 'enter']]);
  const asked = seat.asks();
  await seat.operator.wait(at('10:00'));
  expect(seat.now).toBe(2_500);
  expect(seat.answers()).toEqual([
    [
      2_500,
      { kind: 'answer_question', by: 'ann', from: 'person', question: asked, terms: 'abc', choice: 'enter', because: '', code: null },
    ],
  ]);
});

test('a minute of the market passes in a minute while nobody answers, or in less when the person wants so', async () => {
  for (const [speed, expected] of [
    [1, 60_000],
    [60, 1_000],
    [Number.POSITIVE_INFINITY, 0],
  ] as const) {
    const seat = new Seat([], speed);
    seat.asks();
    await seat.operator.wait(at('10:00'));
    expect(seat.now).toBe(expected);
    expect(seat.answers()).toEqual([]);
  }
});

test('at sixty times the speed a second of the person is a minute of the market', async () => {
  const seat = new Seat([[500, '1']], 60);
  seat.asks();
  await seat.operator.wait(at('10:00'));
  expect(seat.answers()).toMatchObject([[30_000, { choice: 'enter' }]]);
});

test('without an open question, and while a journal is made again, nobody waits', async () => {
  const seat = new Seat([[10, 'enter']]);
  await seat.operator.wait(at('10:00'));
  seat.asks();
  seat.caughtUp = false;
  await seat.operator.wait(at('10:01'));
  expect([seat.now, seat.said]).toEqual([0, []]);
  seat.caughtUp = true;
  await seat.operator.wait(at('10:02'));
  expect(seat.answers()).toMatchObject([[120_010, { choice: 'enter' }]]);
});

test('going another way than recommended asks for the reason', async () => {
  const seat = new Seat([
    [1_000, '2'],
    [1_000, ' '],
    [1_000, 'news_doubt: it is old news'],
  ]);
  seat.asks();
  await seat.operator.wait(at('10:00'));
  expect(seat.said.slice(-2)).toEqual(['  the system recommends otherwise; why?', '  a reason is needed; why?']);
  expect(seat.answers()).toMatchObject([[3_000, { choice: 'decline', because: 'it is old news', code: 'news_doubt' }]]);
});

test('what was typed before a question was shown answers nothing', async () => {
  const seat = new Seat([
    [0, 'enter'],
    [0, 'enter'],
    [70_000, 'decline too far'],
  ]);
  seat.asks();
  await seat.operator.wait(at('10:00'));
  await seat.operator.wait(at('10:01'));
  expect(seat.answers()).toMatchObject([[70_000, { choice: 'decline', because: 'too far' }]]);
});

test('an answer that did not count may be given again; one that passed is told', async () => {
  const seat = new Seat([
    [1_000, 'enter'],
    [1_000, 'enter'],
  ]);
  const asked = seat.asks();
  await seat.operator.wait(at('10:00'));
  seat.sees({ kind: 'request_refused', request: 1, by: 'ann', fault: 'not_permitted', subject: asked, detail: 'not one of the operators' });
  expect(seat.said.at(-1)).toContain('does not count (not permitted: not one of the operators)');
  await seat.operator.wait(at('10:01'));
  expect(seat.answers()).toHaveLength(2);
  const settled = { kind: 'question_settled', question: asked, subject: 'entry', intent: 2, override: false, by: '', because: '' } as const;
  seat.sees({ ...settled, settlement: 'expired', choice: 'decline', code: null });
  expect(seat.said.at(-1)).toBe(`question ${asked} (buy 50 S1 at 100.00?) expired: decline`);
});

test('the question shows each way in money, what is recommended, the deadline and what is known', async () => {
  const seat = new Seat([]);
  seat.asks();
  await seat.operator.wait(at('10:00'));
  expect(seat.said).toEqual([
    'question 2: buy 50 S1 at 100.00?',
    '  1 enter         cash -5000.00, at risk 100.00, at the stops -100.00, at the targets 200.00   <- recommended',
    '  2 decline       cash 0.00, at risk 0.00, at the stops 0.00, at the targets 0.00',
    '  without an answer before 10:05 (5 minutes): decline',
    "  now 10:00 New York, day's P&L 0.00, SPY today not known, VIX not known",
    '    news: none that speaks for it',
    '    levels: none known',
    '  your answer: enter, decline, or its number; then the reason',
  ]);
});

describe('a typed line', () => {
  test.each([
    ['enter', { kind: 'answer', choice: 'enter', because: '', code: null }],
    ['  ENTER ', { kind: 'answer', choice: 'enter', because: '', code: null }],
    ['1 because I say so', { kind: 'answer', choice: 'enter', because: 'because I say so', code: null }],
    ['2', { kind: 'reason_wanted', choice: 'decline' }],
    ['decline news_doubt', { kind: 'answer', choice: 'decline', because: '', code: 'news_doubt' }],
    ['3', { kind: 'not_understood' }],
    ['', { kind: 'not_understood' }],
    ['close_all', { kind: 'not_understood' }],
  ])('"%s"', (line, expected) => expect(typedAnswer(line, question)).toEqual(expected));

  test.each([
    ['news_doubt', '', 'news_doubt'],
    ['news_doubt: stale', 'stale', 'news_doubt'],
    ['news_doubts me', 'news_doubts me', null],
    [' the move has run ', 'the move has run', null],
  ])('the reason "%s"', (line, because, code) => expect(typedReason(line)).toEqual({ because, code }));
});

test('an answer never leaves the minute in which it was typed', async () => {
  const seat = new Seat([[59_999.9, 'enter']]);
  seat.asks();
  await seat.operator.wait(at('10:00'));
  expect(seat.operator.next(at('10:00'))).toBeNull();
  expect(seat.operator.next(at('10:01'))?.at).toBe(instant(at('10:01') - 1));
});
