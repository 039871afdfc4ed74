import type { Limits } from '#domain/risk/limits';
import { type Quantity, quantity } from '#domain/values/quantity';

/** Money and prices in 1e-4. */
export type SizeQuestion = {
  readonly equity: number;
  /** Share of equity that the phase puts at risk in a trade. */
  readonly riskShare: number;
  /** Share of equity that the record of the pattern allows at risk; null when it has no say. */
  readonly kellyShare: number | null;
  readonly entry: number;
  readonly stop: number;
  /** At risk in open positions and working entries. */
  readonly openRisk: number;
  /** Cash that no position and no working entry has taken. */
  readonly cashFree: number;
  /** What gross and net exposure leave for this order. */
  readonly exposureLeft: number;
  /** Shares that usually trade in a minute, times the share of them that an order may be. */
  readonly liquidShares: number;
  /** Shares that usually trade in a day. */
  readonly dayShares: number;
  readonly lossesInARow: number;
};

/** Whole lots, rounded down after all caps and never up; 0 when a cap leaves nothing. */
export function sharesFor(question: SizeQuestion, limits: Limits, lot = 1): Quantity {
  const { equity, entry, stop } = question;
  const distance = Math.abs(entry - stop);
  if (distance === 0) return quantity(0);
  const riskShare = Math.min(question.riskShare, limits.riskPerTradeMax, question.kellyShare ?? 1);
  const atRisk = Math.min(equity * riskShare, equity * limits.openRiskMax - question.openRisk);
  const value = Math.min(equity * limits.positionMax, question.cashFree, question.exposureLeft, limits.orderValueMax);
  const market = Math.min(question.liquidShares, question.dayShares * limits.dayShareMax, limits.orderSharesMax);
  const factor = question.lossesInARow >= limits.lossesInARowMax ? limits.sizeAfterLosses : 1;
  const size = Math.min(atRisk / distance, value / entry, market) * factor;
  return quantity(Math.max(0, Math.floor(size / lot) * lot));
}
