import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Event, EventKind, EventOf } from '#domain/events/event';
import type { Answer } from '#domain/events/request';
import type { Order, OrderId } from '#domain/orders/order';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import { Halts } from '#domain/risk/halts';
import type { HaltReason } from '#domain/risk/stop-level';
import type { Control } from '#domain/session/question';
import { termsHash } from '#domain/session/terms';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp, nextStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { Questions } from '#production/workflow/questions';
import { columns, still } from '#tests/bar-columns';
import { at, closed, intentOf, minuteOf, of, opened } from '#tests/one-service';

const settingsOf = (control: Control, operators: readonly string[] = []): Settings => ({
  ...defaultSettings,
  session: { control, answerMinutes: 5, operators },
});

/** The questions in a small house: what they emit comes round as the next entry. */
class Asked {
  readonly said: Event[] = [];
  /** Every question by the sequence of its entry. */
  readonly asked = new Map<number, EventOf<'question_asked'>>();
  readonly #halts = new Halts();
  readonly #questions = new Questions(this.#halts);
  sequence = 0;

  constructor(settings: Settings = settingsOf('supervised')) {
    this.sees({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
    this.sees(opened(10));
  }

  /** What is said because of this; `events` of one instant stand in the queue together. */
  sees(event: Event, when: Instant = at('09:30'), ...more: readonly Event[]): readonly Event[] {
    const queue: { event: Event; cause: number }[] = [event, ...more].map((each) => ({ event: each, cause: 0 }));
    const before = this.said.length;
    for (let next = 0; next < queue.length; next++) {
      const { event: seen, cause } = queue[next] as { event: Event; cause: number };
      const entry: Entry = { sequence: ++this.sequence, at: when, cause, event: seen };
      if (seen.kind === 'question_asked') this.asked.set(entry.sequence, seen);
      this.#halts.see(entry);
      const emit = (said: Event): void => {
        this.said.push(said);
        queue.push({ event: said, cause: entry.sequence });
      };
      this.#questions.see(entry, emit);
    }
    return this.said.slice(before);
  }

  minute(clock: string, close = 1_000_000): readonly Event[] {
    const frame = {
      ...columns([null, still(close), still(close)]),
      minute: minuteOf(clock) - 1,
      start: instant(at(clock) - 60_000),
      present: 2,
      regular: true,
    };
    return this.sees({ kind: 'bars_closed', frame }, at(clock));
  }

  /** Sequence of the newest question's entry. */
  get newest(): { readonly sequence: number; readonly asked: EventOf<'question_asked'> } {
    const asked = this.of('question_asked').at(-1);
    if (asked === undefined) throw new Error('nothing was asked');
    return { sequence: this.sequence, asked };
  }

  answers(changes: Partial<Answer> = {}, when: Instant = at('10:01')): readonly Event[] {
    return this.sees({ kind: 'answer_given', ...this.right, ...changes }, when);
  }

  /** The recommended answer of a person, to the question that was the newest entry when it was noted down. */
  right: Answer = { question: 0, terms: '', choice: 'enter', because: '', code: null, by: 'ann', from: 'person' };

  note(): void {
    const { sequence, asked } = this.newest;
    this.right = { ...this.right, question: sequence, terms: asked.question.terms, choice: asked.question.recommended };
  }

  of<Kind extends EventKind>(kind: Kind): readonly EventOf<Kind>[] {
    return of(this.said, kind);
  }

  hash(): string {
    const parts: string[] = [];
    this.#questions.hashInto({ numbers: () => {}, text: (value) => parts.push(value) });
    return parts.join('|');
  }
}

const sized = (symbol: number): SizedIntent => ({
  ...intentOf(symbol),
  stop: 980_000 as Price,
  shares: quantity(50),
  risk: cash(1_000_000),
});
const stamp = firstStamp(settingsOf('supervised'));
const wanted = (symbol = 1, intent = 7): EventOf<'approval_wanted'> => ({ kind: 'approval_wanted', intent, order: sized(symbol), stamp });
const bought = (symbol = 1, price = 1_000_000): EventOf<'order_filled'> => ({
  kind: 'order_filled',
  order: 'x' as OrderId,
  symbol: symbolIndex(symbol),
  side: 'buy',
  shares: quantity(50),
  price: price as Price,
  fees: cash(0),
  bar: at('09:59'),
  flags: [],
});
const sold = (symbol = 1): EventOf<'order_filled'> => ({ ...bought(symbol), side: 'sell' });
const approved = (symbol = 1): Event => ({ kind: 'intent_approved', intent: 7, order: sized(symbol) as Approved<SizedIntent>, stamp });
const halt = (reason: HaltReason = 'requested'): Event => ({
  kind: 'halt_ordered',
  reason,
  level: 'pause_entries',
  pnl: cash(0),
  limit: cash(0),
});
const warned = (share = 0.75): Event => ({ kind: 'loss_warned', pnl: cash(-15_000_000), limit: cash(20_000_000), share });
const near = (symbol = 1): Event => ({
  kind: 'time_stop_near',
  intent: 7,
  symbol: symbolIndex(symbol),
  due: at('12:05'),
  shares: quantity(50),
  mark: 990_000 as Price,
  stop: 980_000 as Price,
  target: 1_040_000 as Price,
});
const changed = (settings: Settings): Event => ({
  kind: 'parameters_changed',
  stamp: nextStamp(stamp, settings),
  settings,
  name: 'session.control',
  before: '"supervised"',
  after: '"autonomous"',
  because: 'lunch',
  by: 'ann',
  from: 'person',
});

function withEntry(settings?: Settings): Asked {
  const house = new Asked(settings);
  house.sees(wanted(), at('10:00'));
  house.note();
  return house;
}
function holding(...symbols: readonly number[]): Asked {
  const house = new Asked();
  for (const symbol of symbols) {
    house.sees(approved(symbol), at('09:58'));
    house.sees(bought(symbol), at('09:59'));
  }
  return house;
}

test('an entry is asked with its exact terms, five minutes, and what each way means in money and risk', () => {
  const { question } = withEntry().newest.asked;
  const { limit, stop, target } = sized(1);
  const deadline = at('10:05');
  expect(question).toEqual({
    subject: 'entry',
    intent: 7,
    symbol: 1,
    shares: 50,
    price: 1_000_000,
    terms: termsHash({ subject: 'entry', intent: 7, ticker: 1, side: 'buy', shares: 50, limit, stop, target, validUntil: deadline }),
    deadline,
    options: [
      { choice: 'enter', cash: 50_000_000, risk: 1_000_000, atStop: -1_000_000, atTarget: 2_000_000 },
      { choice: 'decline', cash: 0, risk: 0, atStop: 0, atTarget: 0 },
    ],
    recommended: 'enter',
    whenSilent: 'decline',
  });
});

test('a warning of loss is asked about the book at its marks', () => {
  const house = holding(1, 2);
  house.sees(bought(2, 900_000), at('09:59'));
  house.minute('10:00', 960_000);
  house.sees(warned(), at('10:00'));
  // 1: 50 at 100.00, now 96.00, a loser. 2: 100 at 95.00, now 96.00, a winner. Stops at 98.00, which lie above by now.
  expect(house.newest.asked.question).toMatchObject({
    subject: 'loss_warning',
    intent: 0,
    symbol: null,
    price: 0,
    deadline: at('10:05'),
    recommended: 'hold',
    whenSilent: 'hold',
    terms: termsHash({
      subject: 'loss_warning',
      intent: 0,
      ticker: null,
      side: null,
      shares: 0,
      limit: 20_000_000,
      stop: 0,
      target: 0,
      validUntil: at('10:05'),
    }),
    options: [
      { choice: 'hold', cash: 0, risk: 0, atStop: 2_000_000, atTarget: 11_000_000 },
      { choice: 'close_losers', cash: -48_000_000, risk: 0, atStop: 1_000_000, atTarget: 7_000_000 },
      { choice: 'close_all', cash: -144_000_000, risk: 0, atStop: -1_000_000, atTarget: -1_000_000 },
    ],
  });
});

test('a share that stands below its cost is a loser, also when others were sold with a profit', () => {
  const house = holding(1);
  house.sees({ ...sold(), shares: quantity(25), price: 1_100_000 as Price }, at('10:00'));
  house.minute('10:01', 990_000);
  house.sees(warned(), at('10:01'));
  expect(house.newest.asked.question.options[1]).toMatchObject({ choice: 'close_losers', cash: -24_750_000, atStop: 2_250_000 });
});

test('closing gives back what lies between the mark and the stop, and follows a stop that was moved', () => {
  const house = holding(1);
  house.sees(warned(), at('10:00'));
  expect(house.newest.asked.question.options[2]).toMatchObject({ choice: 'close_all', risk: -1_000_000 });
  const moved = {
    id: 'y' as OrderId,
    role: 'stop',
    type: 'stop',
    symbol: symbolIndex(1),
    side: 'sell',
    shares: quantity(50),
    limit: null,
  } as const;
  const order: Order = { ...moved, stop: 990_000 as Price, parent: null, intent: 7, reason: 'trailing_stop' };
  house.sees({ kind: 'order_requested', order: order as Approved<Order> }, at('10:01'));
  house.sees(warned(0.9), at('10:02'));
  expect(house.newest.asked.question.options[2]).toMatchObject({ choice: 'close_all', risk: -500_000 });
  expect(house.newest.asked.question.options[0]).toMatchObject({ choice: 'hold', atStop: -500_000, atTarget: 2_000_000 });
});

test('what holding would make follows a target that was moved, and no other limit', () => {
  const house = holding(1);
  const leg = { type: 'limit', symbol: symbolIndex(1), side: 'sell', shares: quantity(50), stop: null, parent: null, intent: 7 } as const;
  const orders: readonly Order[] = [
    { ...leg, id: 'y' as OrderId, role: 'target', limit: 1_060_000 as Price, reason: 'profit_target' },
    { ...leg, id: 'z' as OrderId, role: 'exit', limit: 1_000_000 as Price, reason: 'flat_by_close' },
  ];
  for (const order of orders) house.sees({ kind: 'order_requested', order: order as Approved<Order> }, at('10:00'));
  house.sees(warned(), at('10:01'));
  expect(house.newest.asked.question.options[0]).toMatchObject({ choice: 'hold', atStop: -1_000_000, atTarget: 3_000_000 });
});

describe('whether a position is a loser', () => {
  const some = (event: EventOf<'order_filled'>, shares: number, price: number): Event => ({
    ...event,
    shares: quantity(shares),
    price: price as Price,
  });
  test.each<readonly [what: string, fills: readonly Event[], mark: number, loses: boolean]>([
    ['is told by what its own shares have cost, not those before it', [sold(), bought(1, 900_000)], 920_000, false],
    ['is not changed by what some were sold for', [some(sold(), 25, 950_000)], 990_000, true],
  ])('%s', (_, fills, mark, loses) => {
    const house = holding(1);
    for (const event of fills) house.sees(event, at('10:00'));
    house.minute('10:01', mark);
    house.sees(warned(), at('10:01'));
    expect((house.newest.asked.question.options[1]?.cash ?? 0) < 0).toBe(loses);
  });
});

test('where brackets stood the day before says nothing of today', () => {
  const house = holding(1);
  house.sees(sold(), at('10:00'));
  house.sees({ ...opened(10, { listed: false }), date: '2018-03-13' as SessionDate });
  house.sees(bought(), at('10:00'));
  house.sees(warned(), at('10:01'));
  expect(house.newest.asked.question.options[0]).toMatchObject({ choice: 'hold', atStop: null, atTarget: null });
});

test('a position whose stop nobody has told may lose all, and what its stop would make is not known', () => {
  const house = new Asked();
  house.sees(bought(), at('09:59'));
  house.sees(warned(), at('10:00'));
  expect(house.newest.asked.question.options).toMatchObject([
    { choice: 'hold', atStop: null, atTarget: null },
    { choice: 'close_losers', atStop: null },
    { choice: 'close_all', risk: -50_000_000, atStop: 0, atTarget: 0 },
  ]);
});

test('a time stop is asked until it is due', () => {
  const house = holding(1);
  house.minute('12:00', 990_000);
  house.sees(near(), at('12:00'));
  expect(house.newest.asked.question).toMatchObject({
    subject: 'time_stop',
    deadline: at('12:05'),
    recommended: 'close',
    whenSilent: 'close',
    terms: termsHash({
      subject: 'time_stop',
      intent: 7,
      ticker: 1,
      side: 'sell',
      shares: 50,
      limit: 990_000,
      stop: 980_000,
      target: 1_040_000,
      validUntil: at('12:05'),
    }),
    options: [
      { choice: 'close', cash: -49_500_000, risk: -500_000, atStop: -500_000, atTarget: -500_000 },
      { choice: 'keep', cash: 0, risk: 0, atStop: -1_000_000, atTarget: 2_000_000 },
    ],
  });
});

type FaultRow = readonly [what: string, changes: Partial<Answer>, fault: string | null, detail: RegExp];
const forged = '0'.repeat(64);

describe('an answer', () => {
  test.each<FaultRow>([
    ['as recommended needs no reason', {}, null, /^$/],
    ['the other way with a text', { choice: 'decline', because: 'the news are old' }, null, /^$/],
    ['the other way with a code', { choice: 'decline', code: 'news_doubt' }, null, /^$/],
    ['the other way without either', { choice: 'decline' }, 'no_reason', /needs a reason/],
    ['the other way with blanks', { choice: 'decline', because: '  ' }, 'no_reason', /needs a reason/],
    ['to no question', { question: 9999 }, 'unknown_question', /no question of this session/],
    ['J5: to terms that were not shown', { terms: forged }, 'changed_terms', /other terms/],
    ['J5: to no terms', { terms: '' }, 'changed_terms', /other terms/],
    ['that is none of the options', { choice: 'close_all', because: 'x' }, 'unknown_choice', /^enter, decline$/],
    ['of a program', { from: 'program' }, 'not_permitted', /program/],
  ])('%s: %o %s', (_, changes, fault, detail) => {
    const house = withEntry();
    const said = house.answers(changes);
    const question = house.right.question;
    if (fault === null) {
      expect(said).toEqual([
        {
          kind: 'question_settled',
          question,
          subject: 'entry',
          intent: 7,
          settlement: 'answered',
          choice: 'enter',
          override: changes.choice === 'decline',
          by: 'ann',
          because: '',
          code: null,
          ...changes,
        },
      ]);
      return;
    }
    const subject = changes.question ?? question;
    expect(said).toMatchObject([{ kind: 'request_refused', fault, by: 'ann', subject, detail: expect.stringMatching(detail) }]);
    // What was refused has decided nothing: the right answer still counts.
    expect(of(house.answers(), 'question_settled')).toHaveLength(1);
  });

  test.each<readonly [by: string, operators: readonly string[], counts: boolean]>([
    ['ann', [], true],
    ['ann', ['bob', 'ann'], true],
    ['ann', ['bob'], false],
    ['ann', ['Ann'], false],
    ['', ['bob'], false],
  ])('of %s when the operators are %o counts: %s', (by, operators, counts) => {
    const said = withEntry(settingsOf('supervised', operators)).answers({ by });
    const refused = { kind: 'request_refused', fault: 'not_permitted', detail: expect.stringContaining('operators') };
    expect(said).toMatchObject([counts ? { kind: 'question_settled', by } : refused]);
  });

  test('names the request that is refused, and not the entry that told it on', () => {
    const house = withEntry();
    const halts = new Halts();
    const alone = new Questions(halts);
    const said: Event[] = [];
    const event: Event = { kind: 'answer_given', ...house.right };
    alone.see({ sequence: 42, at: at('10:01'), cause: 41, event }, (one) => said.push(one));
    expect(said).toMatchObject([{ kind: 'request_refused', request: 41, fault: 'unknown_question' }]);
  });

  test('J2, J3: of a second device is told that one has counted, whatever it says', () => {
    const house = withEntry();
    house.answers();
    expect(house.answers()).toMatchObject([{ fault: 'already_answered', detail: expect.stringContaining('has been given') }]);
    expect(house.answers({ choice: 'decline', because: 'no', by: 'bob' })).toMatchObject([{ fault: 'already_answered', by: 'bob' }]);
    expect(house.of('question_settled')).toHaveLength(1);
  });
});

describe('the deadline', () => {
  test.each<readonly [ms: number, counts: boolean]>([
    [-1, true],
    [0, false],
    [1, false],
    [3_600_000, false],
  ])('J1: an answer %i ms from it counts: %s', (ms, counts) => {
    const house = withEntry();
    const said = house.answers({}, instant(at('10:05') + ms));
    if (counts) return expect(said).toMatchObject([{ kind: 'question_settled', settlement: 'answered', choice: 'enter' }]);
    expect(said).toMatchObject([
      { kind: 'question_settled', settlement: 'expired', choice: 'decline', by: '', because: '', code: null, override: false },
      { kind: 'request_refused', fault: 'too_late' },
    ]);
  });

  test('J10: passes with the first minute that closes at it or after it, and not before', () => {
    const house = withEntry();
    expect(house.minute('10:04')).toEqual([]);
    expect(house.minute('10:05')).toMatchObject([{ settlement: 'expired', choice: 'decline' }]);
    expect(house.minute('10:06')).toEqual([]);
    expect(house.answers({}, at('10:07'))).toMatchObject([{ fault: 'too_late', detail: expect.stringContaining('had passed') }]);
  });

  test.each<readonly [subject: string, house: () => Asked, silent: string]>([
    ['entry', () => withEntry(), 'decline'],
    ['warning', () => warnedHouse(), 'hold'],
    ['time stop', () => nearHouse(), 'close'],
  ])('J10: of an open %s passes with the session at the latest', (_, made, silent) => {
    const house = made();
    house.said.length = 0;
    house.sees(closed(), at('10:03'));
    expect(house.said).toMatchObject([{ kind: 'question_settled', settlement: 'expired', choice: silent }]);
  });

  test('lies as far away as the settings of that moment say', () => {
    const house = withEntry();
    house.sees(changed({ ...settingsOf('supervised'), session: { control: 'supervised', answerMinutes: 2, operators: [] } }), at('10:01'));
    expect(house.minute('10:04')).toEqual([]);
    expect(house.minute('10:05')).toMatchObject([{ settlement: 'expired' }]);
    house.sees(wanted(2), at('10:06'));
    expect(house.newest.asked.question.deadline).toBe(at('10:08'));
    expect(house.newest.asked.stamp.version).toBe(2);
  });
});

function warnedHouse(): Asked {
  const house = holding(1);
  house.sees(warned(), at('10:00'));
  house.note();
  return house;
}
function nearHouse(): Asked {
  const house = holding(1, 2);
  house.sees(near(), at('10:00'));
  house.note();
  return house;
}

/** Something is held besides. */
function held(house: Asked): Asked {
  house.sees(bought(), at('10:00'));
  return house;
}

describe('a question is withdrawn', () => {
  test.each<readonly [what: string, house: () => Asked, because: Event, silent: string]>([
    ['an entry by any halt', () => withEntry(), halt(), 'decline'],
    ['an entry by the daily loss', () => withEntry(), halt('daily_loss'), 'decline'],
    ['J9: an entry when nobody supervises any more', () => withEntry(), changed(settingsOf('autonomous')), 'decline'],
    ['a warning when nobody supervises any more', () => warnedHouse(), changed(settingsOf('autonomous')), 'hold'],
    ['a warning when all is flat', () => warnedHouse(), sold(), 'hold'],
    ['a time stop when its position is flat', () => nearHouse(), sold(), 'close'],
    ['a time stop when nobody supervises any more', () => nearHouse(), changed(settingsOf('autonomous')), 'close'],
    ['a warning by the next one', () => warnedHouse(), warned(0.9), 'hold'],
  ])('%s', (_, made, because, silent) => {
    const house = made();
    const said = of(house.sees(because, at('10:01')), 'question_settled');
    expect(said).toMatchObject([{ question: house.right.question, settlement: 'withdrawn', choice: silent, override: false, by: '' }]);
    expect(house.answers()).toMatchObject([{ kind: 'request_refused', fault: 'too_late', detail: expect.stringContaining('withdrawn') }]);
  });

  test.each<readonly [what: string, house: () => Asked, because: Event]>([
    ['a warning by a halt: what is held may still be closed', () => warnedHouse(), halt()],
    ['a time stop by a halt', () => nearHouse(), halt()],
    ['an entry by a fill of another name', () => withEntry(), bought(3)],
    ['a warning by a question about an entry', () => warnedHouse(), wanted(2)],
    ['an entry by a warning', () => held(withEntry()), warned()],
    ['an entry by a time stop of the same name', () => held(withEntry()), near()],
    ['anything by other settings', () => withEntry(), changed(settingsOf('supervised', ['ann']))],
  ])('but not %s', (_, made, because) => {
    const house = made();
    expect(of(house.sees(because, at('10:01')), 'question_settled')).toEqual([]);
    expect(house.answers()).toMatchObject([{ kind: 'question_settled', settlement: 'answered' }]);
  });

  test.each<readonly [what: string, overtakes: Event]>([
    ['a halt', halt()],
    ['the end of supervision', changed(settingsOf('autonomous'))],
  ])('at once, when %s stood in the queue before it was put', (_, overtakes) => {
    const house = new Asked();
    const said = house.sees(wanted(), at('10:00'), overtakes);
    expect(of(said, 'question_settled')).toMatchObject([{ settlement: 'withdrawn', choice: 'decline', intent: 7 }]);
  });

  test('at once, while a halt holds, and not when it was cleared', () => {
    const house = new Asked();
    house.sees(halt(), at('09:59'));
    expect(of(house.sees(wanted(), at('10:00')), 'question_settled')).toHaveLength(1);
    house.sees({ kind: 'stop_cleared', by: 'ann', because: 'checked' }, at('10:01'));
    expect(of(house.sees(wanted(), at('10:02')), 'question_settled')).toEqual([]);
  });

  test('when it is the second of one name', () => {
    const house = withEntry();
    const said = house.sees(wanted(1, 8), at('10:01'), wanted(2, 9));
    expect(of(said, 'question_settled')).toMatchObject([{ intent: 8, settlement: 'withdrawn' }]);
    expect(house.answers()).toMatchObject([{ intent: 7, settlement: 'answered' }]);
  });
});

test.each<readonly [what: string, event: Event]>([
  ['a warning', warned()],
  ['a time stop', near()],
])('nobody is asked of %s in an autonomous session, nor about a book that is empty', (_, event) => {
  const alone = new Asked(settingsOf('autonomous'));
  alone.sees(bought(), at('09:59'));
  expect(alone.sees(event, at('10:00'))).toEqual([]);
  expect(new Asked().sees(event, at('10:00'))).toEqual([]);
});

test('a question of the day before is unknown', () => {
  const house = withEntry();
  house.sees(closed(), at('16:00'));
  house.sees({ ...opened(10, { listed: false }), date: '2018-03-13' as SessionDate }, at('16:01'));
  expect(house.answers({}, at('16:02'))).toMatchObject([{ fault: 'unknown_question' }]);
});

test('the state tells of open questions, of those that are settled, and of who may answer', () => {
  const house = withEntry();
  const open = house.hash();
  house.answers({}, at('10:00'));
  const settled = house.hash();
  expect(settled).not.toBe(open);
  house.sees(changed(settingsOf('supervised', ['ann'])), at('10:00'));
  expect(house.hash()).not.toBe(settled);
});

test('the state tells which terms are asked about, though nothing else of the question differs', () => {
  const [one, other] = [980_000, 981_000].map((stop) => {
    const house = new Asked();
    house.sees({ ...wanted(), order: { ...sized(1), stop: stop as Price } }, at('10:00'));
    return house.hash();
  });
  expect(other).not.toBe(one);
});

describe('the state tells of the book that is asked about:', () => {
  const hashAfter = (...steps: readonly ((house: Asked) => unknown)[]): string => {
    const house = new Asked();
    for (const step of steps) step(house);
    return house.hash();
  };
  const buys = (house: Asked) => house.sees(bought(), at('09:59'));

  test('where its brackets stand', () => {
    expect(hashAfter((house) => house.sees(approved(), at('09:58'))).split('|')).toContain('1 980000 1040000');
  });
  test('with what cash it began', () => {
    const bookOf = (house: Asked): string | undefined => house.hash().split('|')[0];
    const settings = settingsOf('supervised');
    expect(bookOf(new Asked({ ...settings, capital: cash(2 * settings.capital) }))).not.toBe(bookOf(new Asked(settings)));
  });
  test('its marks', () => {
    expect(hashAfter(buys, (house) => house.minute('10:00', 990_000))).not.toBe(hashAfter(buys));
  });
  test('what its shares have cost', () => {
    expect(hashAfter(buys, buys).split('|')[0]).toContain('1 100 1000000 100 100000000');
  });
});

type Step = {
  readonly after: number;
  readonly what: 'ask' | 'answer' | 'double' | 'minute' | 'halt' | 'mode' | 'clear';
  readonly of: number;
};

const steps = fc.array(
  fc.record<Step>({
    after: fc.integer({ min: 0, max: 150_000 }),
    what: fc.constantFrom('ask', 'ask', 'ask', 'answer', 'answer', 'double', 'minute', 'halt', 'mode', 'clear'),
    of: fc.integer({ min: 0, max: 8 }),
  }),
  { maxLength: 60 },
);

test('J1, J2: whatever comes in whatever order, each question is settled exactly once, and only an answer before its deadline takes a risk', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(steps, (all) => {
      const house = new Asked();
      let now: number = at('09:45');
      const { asked } = house;
      const settledAt = new Map<number, number>();
      const note = (said: readonly Event[]): void => {
        for (const { question, choice, settlement } of of(said, 'question_settled')) {
          expect(settledAt.has(question)).toBe(false);
          settledAt.set(question, now);
          seen.set(settlement, (seen.get(settlement) ?? 0) + 1);
          const deadline = asked.get(question)?.question.deadline ?? Number.POSITIVE_INFINITY;
          if (choice === 'enter') expect([settlement, now < deadline]).toEqual(['answered', true]);
        }
      };
      for (const { after, what, of: which } of all) {
        now += after;
        const when = instant(now);
        const [question, about] = [...asked].at(-1 - (which % 3)) ?? [0, undefined];
        const answer = { kind: 'answer_given', ...house.right, question, terms: about?.question.terms ?? '' } as const;
        if (what === 'ask') note(house.sees(wanted(which, house.sequence), when));
        if (what === 'answer') note(house.sees(answer, when));
        if (what === 'double') note(house.sees(answer, when, answer));
        if (what === 'minute') note(house.sees(changed(settingsOf('supervised')), when));
        if (what === 'halt') note(house.sees(halt(), when));
        if (what === 'clear') note(house.sees({ kind: 'stop_cleared', by: 'ann', because: 'x' }, when));
        if (what === 'mode') note(house.sees(changed(settingsOf('autonomous')), when, changed(settingsOf('supervised'))));
      }
      note(house.sees(closed(), instant(now)));
      expect([...settledAt.keys()].sort((a, b) => a - b)).toEqual([...asked.keys()]);
    }),
    { numRuns: 200, seed: 7 },
  );
  for (const settlement of ['answered', 'expired', 'withdrawn']) expect(seen.get(settlement) ?? 0).toBeGreaterThan(20);
});
