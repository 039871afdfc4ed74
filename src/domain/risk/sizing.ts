import type { Limits } from '#domain/risk/limits';
import { type Quantity, quantity } from '#domain/values/quantity';

/** Money and prices in 1e-4. */
export type SizeQuestion = {
  readonly equity: number;
  /** Share of equity that the phase puts at risk in a trade. */
  readonly riskShare: number;
  readonly entry: number;
  readonly stop: number;
  /** At risk in open positions and working entries. */
  readonly openRisk: number;
  /** Cash that no position and no working entry has taken. */
  readonly cashFree: number;
  /** Shares that usually trade in a minute, times the share of them that an order may be. */
  readonly liquidShares: number;
  readonly lossesInARow: number;
};

/** Whole shares, rounded down at each cap and never up; 0 when a cap leaves nothing. */
export function sharesFor(question: SizeQuestion, limits: Limits): Quantity {
  const { equity, entry, stop } = question;
  const distance = Math.abs(entry - stop);
  if (distance === 0 || equity <= 0) return quantity(0);
  const byRisk = (equity * Math.min(question.riskShare, limits.riskPerTradeMax)) / distance;
  const byOpenRisk = (equity * limits.openRiskMax - question.openRisk) / distance;
  const byPosition = (equity * limits.positionMax) / entry;
  const byCash = question.cashFree / entry;
  const size = Math.min(byRisk, byOpenRisk, byPosition, byCash, question.liquidShares);
  const factor = question.lossesInARow >= limits.lossesInARowMax ? limits.sizeAfterLosses : 1;
  return quantity(Math.max(0, Math.floor(size * factor)));
}
