import { describe, expect, test } from 'vitest';
import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Event, EventOf } from '#domain/events/event';
import { tickRuleOn } from '#domain/market/ticks';
import type { OrderId } from '#domain/orders/order';
import { review } from '#domain/risk/approval';
import type { Choice, QuestionSubject } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex } from '#domain/values/symbol';
import { DecisionFold } from '#main/decisions/decision-fold';
import { trading } from '#production/trading/trading';
import { type Bar, columns } from '#tests/bar-columns';
import { at, calm, closed, intentOf, minuteOf, opened } from '#tests/one-service';

const dollars = (amount: number) => price(Math.round(amount * 10_000));
const stamp = firstStamp(defaultSettings);
const rules = tickRuleOn('2018-03-12' as SessionDate);
if (!rules.ok) throw new Error('no tick rule');
/** 100 shares at 242.50 with a stop at 234.50 and a target at 258.50. */
const wanted = intentOf(0, { limit: dollars(242.5), atr: 40_000, target: dollars(258.5), liquidShares: 100 });
const rich = { ...calm, equity: cash(10_000_000_000), cashFree: cash(10_000_000_000) };
const verdict = review(wanted, rich, rules.value);
if (verdict.kind !== 'approved') throw new Error('not approved');
const { order } = verdict;

/** It trades through the limit at 10:01, lies at 238.00 from 10:10 until 13:00, and goes where `after` says. */
function barAt(minute: number, after: number): Bar {
  const close = minute < minuteOf('10:10') ? 242.6 : minute < minuteOf('13:00') ? 238 : after;
  const low = minute === minuteOf('10:01') ? 242.2 : close;
  return [dollars(close), dollars(close), dollars(low), dollars(close), 1_000_000];
}

/** A day of one name that is told by hand, as a journal has it. */
class ToldDay {
  readonly #fold = new DecisionFold(trading);
  readonly #after: number;
  #sequence = 0;
  #minute = minuteOf('09:30');

  constructor(after = 244.3) {
    this.#after = after;
    this.says({ kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: 'test' }, at('09:30'));
    this.says(opened(1), at('09:30'));
  }

  /** The sequence of the entry. */
  says(event: Event, when: Instant): number {
    this.#sequence++;
    this.#fold.see({ sequence: this.#sequence, at: when, cause: 0, event });
    return this.#sequence;
  }

  /** All minutes that end by then. */
  runsTo(clock: string): void {
    for (; this.#minute < minuteOf(clock); this.#minute++) {
      const start = instant(at('09:30') + (this.#minute - minuteOf('09:30')) * MINUTE_MS);
      const frame = { ...columns([barAt(this.#minute, this.#after)]), minute: this.#minute, start, present: 1, regular: true };
      this.says({ kind: 'bars_closed', frame }, instant(start + MINUTE_MS));
    }
  }

  fills(intent: number, side: 'buy' | 'sell', clock: string, paid: number): void {
    const id = `${intent}-${side}` as OrderId;
    const legs = { id, symbol: symbolIndex(0), side, shares: quantity(100), limit: null, stop: null, parent: null, intent };
    this.says(
      { kind: 'order_requested', order: { ...legs, role: 'exit', type: 'market', reason: 'operator_close' } } as unknown as Event,
      at(clock),
    );
    const fill = { order: id, symbol: symbolIndex(0), side, shares: quantity(100), price: dollars(paid), fees: cash(0) };
    this.says({ kind: 'order_filled', ...fill, bar: instant(at(clock) - MINUTE_MS), flags: [] }, at(clock));
  }

  /** 100 shares from 242.50 at 10:02; gives the intent. */
  holds(): number {
    this.runsTo('10:00');
    const intent = this.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    this.says({ kind: 'intent_approved', intent, order, stamp }, at('10:00'));
    this.runsTo('10:02');
    this.fills(intent, 'buy', '10:02', 242.5);
    return intent;
  }

  leaves(intent: number, clock: string, paid: number): void {
    this.runsTo(clock);
    this.fills(intent, 'sell', clock, paid);
    const told = { symbol: symbolIndex(0), side: 'sell', shares: quantity(100), fees: cash(0), noMarket: false, intent } as const;
    this.says({ kind: 'position_closed', ...told, pnl: cash(0), reason: 'operator_close', rMultiple: 0 }, at(clock));
  }

  asks(subject: QuestionSubject, intent: number, clock: string, deadline: string, choices: readonly Choice[]): number {
    const options = choices.map((choice) => ({ choice, cash: cash(0), risk: cash(0), atStop: null, atTarget: null }));
    const [recommended = 'hold', silent = 'hold'] = choices;
    const question = { subject, intent, symbol: subject === 'loss_warning' ? null : symbolIndex(0), shares: 100, price: 0 } as const;
    return this.says(
      {
        kind: 'question_asked',
        question: { ...question, terms: 'x', deadline: at(deadline), options, recommended, whenSilent: silent },
        stamp,
      },
      at(clock),
    );
  }

  settles(
    question: number,
    clock: string,
    settled: Partial<EventOf<'question_settled'>> & { readonly subject: QuestionSubject; readonly choice: Choice },
  ): void {
    const plain = { intent: 0, settlement: 'answered', override: true, by: 'ann', because: 'the tape', code: 'price_action' } as const;
    this.says({ kind: 'question_settled', question, ...plain, ...settled }, at(clock));
  }

  ends(): readonly DecisionRecord[] {
    this.runsTo('16:00');
    this.says(closed(), at('16:00'));
    return this.#fold.taken();
  }

  breaksOff(): readonly DecisionRecord[] {
    this.#fold.finish();
    return this.#fold.taken();
  }
}

const only = (records: readonly DecisionRecord[], kind: DecisionRecord['kind']): DecisionRecord => {
  const [first, ...others] = records.filter((record) => record.kind === kind);
  if (first === undefined || others.length > 0) throw new Error(`one decision of the kind ${kind} was expected`);
  return first;
};
const pnlOf = ({ roads }: DecisionRecord, choice: Choice): number | undefined => roads.find((road) => road.choice === choice)?.outcome?.pnl;

describe('a time stop that a person overrules', () => {
  function kept(): DecisionRecord {
    const day = new ToldDay();
    const intent = day.holds();
    day.runsTo('11:55');
    const question = day.asks('time_stop', intent, '11:55', '12:00', ['close', 'keep']);
    day.says({ kind: 'request_refused', request: 1, by: 'bob', fault: 'changed_terms', subject: question, detail: '' }, at('11:56'));
    day.settles(question, '11:57', { subject: 'time_stop', intent, choice: 'keep' });
    day.leaves(intent, '15:00', 244.3);
    return only(day.ends(), 'time_stop');
  }

  test('is worth what the position made beyond what closing it would have: about 630 dollars', () => {
    const decision = kept();
    expect(pnlOf(decision, 'keep')).toBe(1_800_000);
    // A market order pays a few cents a share to cross, and fees.
    expect(pnlOf(decision, 'close')).toBeGreaterThan(-4_600_000);
    expect(pnlOf(decision, 'close')).toBeLessThan(-4_490_000);
    expect(decision.judgement.advantage).toBe(1_800_000 - (pnlOf(decision, 'close') ?? 0));
    expect(decision).toMatchObject({ override: true, chosen: 'keep', recommended: 'close', judgement: { grade: 'right', missedGain: 0 } });
  });

  test('tells who chose, when and why, what the position stood at, and the answer that did not count', () => {
    const { chosenBy, refusedAnswers, snapshot } = kept();
    expect(chosenBy).toEqual({ by: 'ann', at: at('11:57'), because: 'the tape', code: 'price_action' });
    expect(refusedAnswers).toEqual([{ at: at('11:56'), by: 'bob', fault: 'changed_terms', detail: '' }]);
    expect(snapshot.positions).toMatchObject([{ shares: 100, entry: 2_425_000, price: 2_380_000, unrealised: -4_500_000, minutes: 114 }]);
    expect(snapshot.dayPnl).toBe(-4_500_000);
  });
});

describe('an entry that a person is asked about', () => {
  function answered(choice: 'enter' | 'decline', settlement: 'answered' | 'expired' = 'answered'): readonly DecisionRecord[] {
    const day = new ToldDay(259);
    day.runsTo('10:00');
    const intent = day.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    day.says({ kind: 'approval_wanted', intent, order, stamp }, at('10:00'));
    const question = day.asks('entry', intent, '10:00', '10:05', ['enter', 'decline']);
    const by = settlement === 'expired' ? '' : 'ann';
    day.settles(question, '10:01', { subject: 'entry', intent, choice, settlement, by, override: choice === 'decline' });
    return day.ends();
  }

  test('and declines: the shadow enters at that instant, in the same shares, and reaches the target', () => {
    const decision = only(answered('decline'), 'entry');
    const entering = decision.roads.find(({ choice }) => choice === 'enter');
    expect(entering).toMatchObject({ shares: 100, sizedAlone: false, barrier: 1, outcome: { filled: 100, reason: 'profit_target' } });
    expect(decision.judgement).toMatchObject({ grade: 'wrong', avoidedLoss: 0 });
    expect(decision.judgement.missedGain).toBe(entering?.outcome?.pnl);
    expect(decision.judgement.advantage).toBe(-(entering?.outcome?.pnl ?? 0));
  });

  test('and says nothing: the rules chose, and nothing was bought', () => {
    const decision = only(answered('decline', 'expired'), 'entry');
    expect(decision.chosenBy?.by).toBe('rules');
    expect(decision.cause).toMatchObject({ kind: 'asked', settlement: 'expired' });
    expect(pnlOf(decision, 'decline')).toBe(0);
  });

  test('and accepts, but the rules refuse it then: two decisions, and the one who accepted bought nothing', () => {
    const asked = answered('enter');
    expect(only(asked, 'entry').roads.find(({ choice }) => choice === 'enter')?.outcome).toMatchObject({ filled: 0 });
  });
});

test('a warning that is asked about is one decision; closing everything is laid beside holding on', () => {
  const day = new ToldDay(233);
  const intent = day.holds();
  day.runsTo('11:00');
  day.says({ kind: 'loss_warned', pnl: cash(-4_500_000), limit: cash(6_000_000), share: 0.75 }, at('11:00'));
  const question = day.asks('loss_warning', 0, '11:00', '11:05', ['hold', 'close_losers', 'close_all']);
  day.settles(question, '11:05', { subject: 'loss_warning', choice: 'hold', settlement: 'expired', override: false, by: '' });
  day.leaves(intent, '13:01', 234);
  const decision = only(day.ends(), 'loss_warning');
  expect(pnlOf(decision, 'hold')).toBe(-8_500_000);
  expect(pnlOf(decision, 'close_losers')).toBe(pnlOf(decision, 'close_all'));
  expect(pnlOf(decision, 'close_all')).toBeGreaterThan(-4_600_000);
  expect(decision.judgement.grade).toBe('wrong');
});

test('a position that a person closes is laid beside the bracket that would have gone on', () => {
  const day = new ToldDay(259);
  const intent = day.holds();
  day.runsTo('12:59');
  day.says(
    { kind: 'close_requested', symbol: symbolIndex(0), because: 'tired', code: 'conviction', by: 'ann', from: 'person' },
    at('12:59'),
  );
  day.leaves(intent, '13:00', 238);
  const decision = only(day.ends(), 'close');
  const shadow = decision.roads.find(({ choice }) => choice === 'keep')?.outcome;
  // The bracket fills its target, unless a time stop has come before it.
  expect(['profit_target', 'time_stop']).toContain(shadow?.reason);
  expect(decision).toMatchObject({ override: true, recommended: 'keep', intent, chosenBy: { by: 'ann', code: 'conviction' } });
  expect(decision.judgement.advantage).toBe(-4_500_000 - (shadow?.pnl ?? 0));
});

test('a halt that flattens is laid beside going on without it', () => {
  const day = new ToldDay(233);
  const intent = day.holds();
  day.runsTo('11:00');
  day.says({ kind: 'halt_ordered', reason: 'daily_loss', level: 'flatten', pnl: cash(-1), limit: cash(0) }, at('11:00'));
  day.leaves(intent, '11:01', 238);
  const decision = only(day.ends(), 'halt');
  expect(pnlOf(decision, 'close_all')).toBe(-4_500_000);
  expect(decision.roads.map(({ choice }) => choice)).toEqual(['close_all', 'hold']);
  expect(decision.judgement.grade).not.toBe('unresolved');
});

test('a journal that breaks off leaves open what it does not know', () => {
  const day = new ToldDay();
  const intent = day.holds();
  day.runsTo('11:55');
  day.asks('time_stop', intent, '11:55', '12:00', ['close', 'keep']);
  const records = day.breaksOff();
  expect(only(records, 'time_stop')).toMatchObject({ chosen: null, chosenBy: null, judgement: { grade: 'unresolved', advantage: null } });
  expect(only(records, 'entry').judgement).toEqual({ grade: 'unresolved', advantage: 0, avoidedLoss: null, missedGain: null });
});
