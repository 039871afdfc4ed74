import type { Price } from '#domain/values/price';

/** What the exit rules may know of a long that is held. Prices in 1e-4, perhaps with a fraction. */
export type Holding = {
  /** What a share has cost in the mean. */
  readonly averageCost: number;
  /** One R: from the entry's limit to its first stop. It stays what it was when the stop moves. */
  readonly riskPerShare: number;
  /** ATR of the entry. */
  readonly atr: number;
  /** Where the stop stands now. */
  readonly stop: Price;
  readonly mark: number;
  readonly highestClose: number;
};

/** What a share has gained at `price`, in R. */
export const gainAt = (price: number, { averageCost, riskPerShare }: Pick<Holding, 'averageCost' | 'riskPerShare'>): number =>
  (price - averageCost) / riskPerShare;
