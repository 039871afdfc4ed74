import { type DatedTable, inForce, type NoRule } from '#domain/market/dated';
import { type FeeRow, usAuditTrailFee, usSection31, usTradingActivityFee } from '#domain/market/us/fee-schedule';
import type { Side } from '#domain/orders/order';
import { assert } from '#domain/values/assert';
import { type Cash, cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';

export type FeeName = 'section_31' | 'trading_activity' | 'audit_trail';

/** What each fee was on one date. */
export type FeeSchedule = { readonly date: SessionDate; readonly fees: Readonly<Record<FeeName, FeeRow>> };

const names: readonly FeeName[] = ['section_31', 'trading_activity', 'audit_trail'];

const tables: Readonly<Record<FeeName, DatedTable<FeeRow>>> = {
  section_31: usSection31,
  trading_activity: usTradingActivityFee,
  audit_trail: usAuditTrailFee,
};

/** All fees of the date; a date for which one of them is not known has no schedule. */
export function feeSchedule(date: SessionDate): Result<FeeSchedule, NoRule> {
  const section31 = inForce(tables.section_31, date);
  if (!section31.ok) return section31;
  const tradingActivity = inForce(tables.trading_activity, date);
  if (!tradingActivity.ok) return tradingActivity;
  const auditTrail = inForce(tables.audit_trail, date);
  if (!auditTrail.ok) return auditTrail;
  return ok({ date, fees: { section_31: section31.value, trading_activity: tradingActivity.value, audit_trail: auditTrail.value } });
}

/** The fees of the schedule that existed but whose rate is not sure enough to be charged; a report should name them. */
export const unconfirmedFees = (schedule: FeeSchedule): readonly FeeName[] =>
  names.filter((name) => schedule.fees[name].status === 'unconfirmed');

/**
 * One account's day. `bases` sums what each fee is reckoned on: for a fee by notional, dollars sold in 1e-4; for a fee
 * by shares, dollars owed in 1e-9, since its limit per trade applies before the sum.
 */
export type RunningFees = { readonly schedule: FeeSchedule; readonly bases: Readonly<Record<FeeName, number>> };

/** A day begins with nothing owed. */
export const startDayFees = (schedule: FeeSchedule): RunningFees => ({
  schedule,
  bases: { section_31: 0, trading_activity: 0, audit_trail: 0 },
});

export type ChargedFill = { readonly side: Side; readonly shares: Quantity; readonly price: Price };

/** Each fee's total of the day, rounded up to a cent as Alpaca does per fee, account and day, and their sum. */
export type DayFees = Readonly<Record<FeeName | 'total', Cash>>;

export function dayFees({ schedule, bases }: RunningFees): DayFees {
  const owed = (name: FeeName): number => centsUp(schedule.fees[name], bases[name]) * CENT;
  const section31 = owed('section_31');
  const tradingActivity = owed('trading_activity');
  const auditTrail = owed('audit_trail');
  return {
    section_31: cash(section31),
    trading_activity: cash(tradingActivity),
    audit_trail: cash(auditTrail),
    total: cash(section31 + tradingActivity + auditTrail),
  };
}

/**
 * Charges the fill what it adds to the day's rounded totals, so that the fills of a day add up to them exactly. The
 * first fill after a whole cent pays the cent that the next ones share. A fill counts as one trade.
 */
export function chargeFill(running: RunningFees, fill: ChargedFill): { readonly running: RunningFees; readonly fees: Cash } {
  const { schedule, bases } = running;
  const added = (name: FeeName): number => {
    const sum = bases[name] + basisOf(schedule.fees[name], fill);
    assert(Number.isSafeInteger(sum), `the day's base of ${name} stays exact, was ${sum}`);
    return sum;
  };
  const after: RunningFees = {
    schedule,
    bases: { section_31: added('section_31'), trading_activity: added('trading_activity'), audit_trail: added('audit_trail') },
  };
  return { running: after, fees: cash(dayFees(after).total - dayFees(running).total) };
}

/** A cent in 1e-4, and how many 1e-9 it has. */
const CENT = 100;
const E9_PER_CENT = 10_000_000;
/** Notional in 1e-4 times a rate in 1e-9 is in 1e-13 of a dollar, of which a cent has so many. */
const E13_PER_CENT = 100_000_000_000;
/** Below it a remainder of E13_PER_CENT times the rate stays under 2^53; ninety dollars per million. */
const RATE_E9_MAX = 90_000;

function basisOf(fee: FeeRow, { side, shares, price }: ChargedFill): number {
  if (fee.status !== 'charged' || (fee.payer === 'sells' && side === 'buy')) return 0;
  if (fee.basis === 'notional') return shares * price;
  const owed = shares * fee.rateE9;
  return fee.maxPerTradeE9 === null ? owed : Math.min(owed, fee.maxPerTradeE9);
}

/** Whole cents, rounded up. Quotients and remainders of safe integers are exact, so nothing here has a fraction. */
function centsUp(fee: FeeRow, base: number): number {
  if (fee.status !== 'charged') return 0;
  if (fee.basis === 'shares') return divideUp(base, E9_PER_CENT);
  assert(fee.rateE9 <= RATE_E9_MAX, `a rate on notional is at most ${RATE_E9_MAX}e-9, was ${fee.rateE9}`);
  const rest = base % E13_PER_CENT;
  return ((base - rest) / E13_PER_CENT) * fee.rateE9 + divideUp(rest * fee.rateE9, E13_PER_CENT);
}

function divideUp(amount: number, by: number): number {
  const rest = amount % by;
  return (amount - rest) / by + (rest === 0 ? 0 : 1);
}
