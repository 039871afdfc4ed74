import type { DecisionRecord } from '#domain/decisions/decision-record';
import type { Event, EventOf } from '#domain/events/event';
import { tickRuleOn } from '#domain/market/ticks';
import type { OrderId } from '#domain/orders/order';
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
import { shadowOrderOf } from '#simulation/shadow/permissive-view';
import { type Bar, columns } from '#tests/bar-columns';
import { at, closed, intentOf, minuteOf, opened } from '#tests/one-service';

const dollars = (amount: number) => price(Math.round(amount * 10_000));
export const stamp = firstStamp(defaultSettings);
const rules = tickRuleOn('2018-03-12' as SessionDate);
if (!rules.ok) throw new Error('no tick rule');
/** 100 shares at 242.50 with a stop at 234.50 and a target at 258.50. */
export const wanted = intentOf(0, { limit: dollars(242.5), atr: 40_000, target: dollars(258.5), liquidShares: 100 });
const approved = shadowOrderOf(wanted, 100, { limits: defaultSettings.limits, ticks: rules.value });
if (approved === null) throw new Error('not approved');
export const order = approved;

/** It trades through the limit at 10:01, lies at 238.00 from 10:10 until it turns, and goes where `after` says. */
function barAt(minute: number, turns: number, after: number): Bar {
  const close = minute < minuteOf('10:10') ? 242.6 : minute < turns ? 238 : after;
  const low = minute === minuteOf('10:01') ? 242.2 : close;
  return [dollars(close), dollars(close), dollars(low), dollars(close), 1_000_000];
}

/** A day of one name that is told by hand, as a journal has it. */
export class ToldDay {
  readonly #fold = new DecisionFold(trading);
  readonly #after: number;
  readonly #turns: number;
  #sequence = 0;
  #minute = minuteOf('09:30');

  readonly #both: boolean;

  /** The second name never trades, unless `both` do, at the same prices. */
  constructor(after = 244.3, turns = '13:00', both = false) {
    this.#both = both;
    this.#after = after;
    this.#turns = minuteOf(turns);
    this.says({ kind: 'run_started', settings: defaultSettings, source: 'recorded_market', version: 'test' }, at('09:30'));
    this.says(opened(2), at('09:30'));
  }

  /** The sequence of the entry. */
  says(event: Event, when: Instant, cause = 0): number {
    this.#sequence++;
    this.#fold.see({ sequence: this.#sequence, at: when, cause, event });
    return this.#sequence;
  }

  /** All minutes that end by then. */
  runsTo(clock: string): void {
    for (; this.#minute < minuteOf(clock); this.#minute++) {
      const start = instant(at('09:30') + (this.#minute - minuteOf('09:30')) * MINUTE_MS);
      const bar = barAt(this.#minute, this.#turns, this.#after);
      const frame = {
        ...columns([bar, this.#both ? bar : null]),
        minute: this.#minute,
        start,
        present: 1,
        regular: true,
      };
      this.says({ kind: 'bars_closed', frame }, instant(start + MINUTE_MS));
    }
  }

  fills(intent: number, side: 'buy' | 'sell', clock: string, paid: number, name = 0): void {
    const id = `${intent}-${side}` as OrderId;
    const legs = { id, symbol: symbolIndex(name), side, shares: quantity(100), limit: null, stop: null, parent: null, intent };
    this.says(
      {
        kind: 'order_requested',
        order: { ...legs, role: side === 'buy' ? 'entry' : 'exit', type: 'market', reason: 'operator_close' },
      } as unknown as Event,
      at(clock),
    );
    const fill = { order: id, symbol: symbolIndex(name), side, shares: quantity(100), price: dollars(paid), fees: cash(0) };
    this.says({ kind: 'order_filled', ...fill, bar: instant(at(clock) - MINUTE_MS), flags: [] }, at(clock));
  }

  /** 100 shares from 242.50 at 10:02; gives the intent. */
  holds(): number {
    const intent = this.enters();
    this.runsTo('10:02');
    this.fills(intent, 'buy', '10:02', 242.5);
    return intent;
  }

  /** Approved at 10:00, not filled yet; gives the intent. */
  enters(name = 0): number {
    this.runsTo('10:00');
    const symbol = symbolIndex(name);
    const intent = this.says({ kind: 'intent_formed', intent: { ...wanted, symbol } }, at('10:00'));
    this.says({ kind: 'intent_approved', intent, order: { ...order, symbol }, stamp }, at('10:00'));
    return intent;
  }

  /** Asked at 10:00 and declined at 10:01; gives the intent. */
  declines(): number {
    this.runsTo('10:00');
    const intent = this.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    this.says({ kind: 'approval_wanted', intent, order, stamp }, at('10:00'));
    const question = this.asks('entry', intent, '10:00', '10:05', ['enter', 'decline']);
    this.settles(question, '10:01', { subject: 'entry', intent, choice: 'decline' });
    return intent;
  }

  leaves(intent: number, clock: string, paid: number, name = 0): void {
    this.runsTo(clock);
    this.fills(intent, 'sell', clock, paid, name);
    const told = { symbol: symbolIndex(name), side: 'sell', shares: quantity(100), fees: cash(0), noMarket: false, intent } as const;
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

/** The one decision of a kind. */
export const only = (records: readonly DecisionRecord[], kind: DecisionRecord['kind']): DecisionRecord => {
  const [first, ...others] = records.filter((record) => record.kind === kind);
  if (first === undefined || others.length > 0) throw new Error(`one decision of the kind ${kind} was expected`);
  return first;
};

export const pnlOf = ({ roads }: DecisionRecord, choice: Choice): number | undefined =>
  roads.find((road) => road.choice === choice)?.outcome?.pnl;
