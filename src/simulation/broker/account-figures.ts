import type { Instant } from '#domain/values/instant';
import type { Floor } from '#simulation/broker/floor';
import { reservedMoney } from '#simulation/broker/reservations';
import { worth } from '#simulation/broker/shares-e9';

/** The account in 1e-4 dollars. */
export type AccountFigures = {
  readonly cash: number;
  readonly equity: number;
  readonly longValue: number;
  /** Negative. */
  readonly shortValue: number;
  readonly buyingPower: number;
  readonly regtBuyingPower: number;
  readonly nonMarginable: number;
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
};

/** What the shares of a name are worth now; its cost where nobody has named a price. */
export function worthOf(floor: Floor, ticker: string): number {
  const { shares, cost } = floor.holdings.position(ticker);
  const price = floor.tape.price(ticker);
  return price === null ? cost : worth(shares, price);
}

/** `at` tells the money as it was then; shares are told as they are. */
export function accountFigures(floor: Floor, at: Instant = floor.now): AccountFigures {
  const cash = floor.holdings.cashAsOf(at);
  let longValue = 0;
  let shortValue = 0;
  for (const ticker of floor.holdings.tickers) {
    const value = worthOf(floor, ticker);
    if (value > 0) longValue += value;
    else shortValue += value;
  }
  const equity = cash + longValue + shortValue;
  const gross = longValue - shortValue;
  const pending = reservedMoney(floor);
  const { multiplier } = floor.options;
  const power = (times: number): number => Math.max(0, times * equity - gross - pending);
  return {
    cash,
    equity,
    longValue,
    shortValue,
    buyingPower: power(multiplier),
    regtBuyingPower: power(Math.min(2, multiplier)),
    nonMarginable: Math.max(0, cash - pending),
    initialMargin: Math.floor(gross / 2),
    maintenanceMargin: Math.floor((gross * 3) / 10),
  };
}
