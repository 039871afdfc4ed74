import type { CashActivity, Execution } from '#domain/brokerage/broker-order';
import type { Adjustment, CashCause } from '#domain/events/account';
import type { Side } from '#domain/orders/order';
import { type Cash, cash } from '#domain/values/cash';
import { formatInstant, type Instant } from '#domain/values/instant';

/** Shares that changed hands, as our journal has it. */
export type OurFill = {
  readonly at: Instant;
  readonly ticker: string;
  readonly side: Side;
  readonly shares: number;
  readonly price: number;
  /** Null for a fill of an order of ours. */
  readonly adjustment: Adjustment | null;
};

/** Cash that moved beside trades, by the name of its row at the broker. */
export type OurCash = {
  readonly activity: string;
  readonly cause: CashCause;
  readonly ticker: string | null;
  readonly amount: Cash;
  readonly at: Instant;
};

export type OurActivities = { readonly fills: readonly OurFill[]; readonly cash: readonly OurCash[] };
export type TheirActivities = { readonly executions: readonly Execution[]; readonly cash: readonly CashActivity[] };

/** What a name came to on a day: shares bought and sold, and the money that they took and brought. */
export type Traded = { readonly bought: number; readonly sold: number; readonly money: Cash };

/** Where our record and the broker's part. `missing_here`: the broker has it and the journal does not. */
export type RecordDifference =
  | {
      readonly kind: 'missing_here' | 'missing_there' | 'differs';
      readonly what: 'trades';
      readonly date: string;
      readonly ticker: string;
      readonly ours: Traded;
      readonly theirs: Traded;
    }
  | {
      readonly kind: 'missing_here' | 'missing_there' | 'differs';
      readonly what: 'cash';
      readonly activity: string;
      readonly cause: CashCause;
      readonly ours: Cash | null;
      readonly theirs: Cash | null;
    };

/** What alerts are told: that there is a difference, and which. */
export type ReconciliationObservation = { readonly kind: 'record_differs_from_broker'; readonly differences: readonly RecordDifference[] };

/** Null when there is nothing to tell. */
export const observationOf = (differences: readonly RecordDifference[]): ReconciliationObservation | null =>
  differences.length === 0 ? null : { kind: 'record_differs_from_broker', differences };

/**
 * Our fills against the broker's executions, name by name and day by day, since a broker may tell one execution as two; and every
 * row that moved cash by its name. Executions that were taken back or corrected count as they stand now, on both sides.
 */
export function reconcile(ours: OurActivities, theirs: TheirActivities): readonly RecordDifference[] {
  return [...tradesThatDiffer(ours, theirs.executions), ...cashThatDiffers(ours.cash, theirs.cash)];
}

function tradesThatDiffer({ fills, cash: moved }: OurActivities, executions: readonly Execution[]): readonly RecordDifference[] {
  const [here, there] = [new Ledger(), new Ledger()];
  for (const fill of fills) here.ours(fill);
  // Another price of an execution that stands is money of its name.
  for (const { cause, ticker, amount, at } of moved) if (cause === 'correction' && ticker !== null) here.pay(dayOf(at), ticker, amount);
  const undone = new Set(executions.flatMap(({ busts, corrects }) => [busts, corrects].filter((id) => id !== null)));
  for (const execution of executions) {
    if (execution.busts !== null || (execution.id !== null && undone.has(execution.id))) continue;
    there.trade(dayOf(execution.at), execution.ticker, execution);
  }
  const found: RecordDifference[] = [];
  for (const key of [...new Set([...here.keys, ...there.keys])].sort()) {
    const [one, other] = [here.of(key), there.of(key)];
    if (one.bought === other.bought && one.sold === other.sold && one.money === other.money) continue;
    const [date = '', ticker = ''] = key.split(' ');
    found.push({ kind: kindOf(isNothing(one), isNothing(other)), what: 'trades', date, ticker, ours: one, theirs: other });
  }
  return found;
}

const isNothing = ({ bought, sold, money }: Traded): boolean => bought === 0 && sold === 0 && money === 0;
const kindOf = (noneHere: boolean, noneThere: boolean) => (noneHere ? 'missing_here' : noneThere ? 'missing_there' : 'differs');

/** The day of an instant in UTC, in which no session of the exchange ends. */
const dayOf = (at: Instant): string => formatInstant(at).slice(0, 10);

const nothing: Traded = { bought: 0, sold: 0, money: cash(0) };

class Ledger {
  readonly #byKey = new Map<string, Traded>();

  get keys(): Iterable<string> {
    return this.#byKey.keys();
  }

  of(key: string): Traded {
    return this.#byKey.get(key) ?? nothing;
  }

  pay(date: string, ticker: string, amount: number): void {
    this.#add(date, ticker, { bought: 0, sold: 0, money: cash(amount) });
  }

  trade(
    date: string,
    ticker: string,
    { side, shares, price }: { readonly side: Side; readonly shares: number; readonly price: number },
  ): void {
    const money = cash(Math.round((side === 'buy' ? -1 : 1) * shares * price));
    this.#add(date, ticker, side === 'buy' ? { bought: shares, sold: 0, money } : { bought: 0, sold: shares, money });
  }

  /** An execution that was taken back was never bought or sold; other shares that came or went were. */
  ours(fill: OurFill): void {
    const { at, ticker, side, shares, price, adjustment } = fill;
    if (adjustment !== 'bust' && adjustment !== 'correction') return this.trade(dayOf(at), ticker, fill);
    const money = cash((side === 'buy' ? -1 : 1) * shares * price);
    this.#add(dayOf(at), ticker, side === 'buy' ? { bought: 0, sold: -shares, money } : { bought: -shares, sold: 0, money });
  }

  #add(date: string, ticker: string, { bought, sold, money }: Traded): void {
    const key = `${date} ${ticker}`;
    const known = this.of(key);
    this.#byKey.set(key, { bought: known.bought + bought, sold: known.sold + sold, money: cash(known.money + money) });
  }
}

function cashThatDiffers(ours: readonly OurCash[], theirs: readonly CashActivity[]): readonly RecordDifference[] {
  const here = new Map(ours.filter(({ cause }) => cause !== 'correction').map((row) => [row.activity, row]));
  const found: RecordDifference[] = [];
  for (const { id, cause, amount } of theirs) {
    const own = here.get(id);
    here.delete(id);
    if (own === undefined) found.push({ kind: 'missing_here', what: 'cash', activity: id, cause, ours: null, theirs: amount });
    else if (own.amount !== amount) found.push({ kind: 'differs', what: 'cash', activity: id, cause, ours: own.amount, theirs: amount });
  }
  for (const { activity, cause, amount } of here.values())
    found.push({ kind: 'missing_there', what: 'cash', activity, cause, ours: amount, theirs: null });
  return found;
}
