/** How a figure of one period is told by the year. */
export type Annual = {
  /** Day-count: trading days of a year. A period counts as one of so many equal parts, whatever the calendar says. */
  readonly periodsAYear: number;
  /** Given by the year (0.04 is 4 %) and divided by `periodsAYear`, not compounded. */
  readonly riskFree: number;
};

/** Daily returns: 252 trading days a year, nothing for the risk-free. */
export const tradingDays: Annual = { periodsAYear: 252, riskFree: 0 };

/** The risk-free of one period. */
export const freeOf = ({ periodsAYear, riskFree }: Annual): number => riskFree / periodsAYear;

/** What each return makes beyond the risk-free of its period. */
export function excessOf(returns: readonly number[], annual: Annual): readonly number[] {
  const free = freeOf(annual);
  return returns.map((one) => one - free);
}
