import type { Trade } from '#domain/performance/trade';
import { MINUTE_MS } from '#domain/values/instant';

/** What the numbers of trades are made of, a column each; NaN where it is not known of a trade. Money in 1e-4. */
export type TradeColumns = {
  readonly ids: readonly string[];
  readonly pnl: Float64Array;
  readonly fees: Float64Array;
  readonly r: Float64Array;
  readonly favourable: Float64Array;
  readonly adverse: Float64Array;
  /** In what was at risk. */
  readonly slippageEntry: Float64Array;
  readonly slippageExit: Float64Array;
  /** Of both sides, in money, as far as it is known of either. */
  readonly slippage: Float64Array;
  readonly minutes: Float64Array;
  /** The session in which it ended, numbered as they come. */
  readonly session: Int32Array;
};

/** Trades by their places in the columns, in the order of closing. */
export type Places = Int32Array;

export function columnsOf(trades: readonly Trade[]): TradeColumns {
  const column = (of: (trade: Trade) => number | null): Float64Array => {
    const values = new Float64Array(trades.length);
    for (let at = 0; at < trades.length; at++) values[at] = of(trades[at] as Trade) ?? Number.NaN;
    return values;
  };
  const inR = (money: number | null, risk: number | null): number | null => (money === null || risk === null ? null : money / risk);
  const sessions = new Map<string, number>();
  const session = Int32Array.from(trades, (trade) => {
    const known = sessions.get(trade.session);
    if (known !== undefined) return known;
    sessions.set(trade.session, sessions.size);
    return sessions.size - 1;
  });
  return {
    ids: trades.map(({ id }) => id),
    pnl: column(({ pnl }) => pnl),
    fees: column(({ fees }) => fees),
    r: column(({ rMultiple }) => rMultiple),
    favourable: column(({ favourable }) => favourable.r),
    adverse: column(({ adverse }) => adverse.r),
    slippageEntry: column(({ slippage, risk }) => inR(slippage.entry, risk)),
    slippageExit: column(({ slippage, risk }) => inR(slippage.exit, risk)),
    slippage: column(({ slippage: { entry, exit } }) => (entry === null && exit === null ? null : (entry ?? 0) + (exit ?? 0))),
    minutes: column(({ opened, closed }) => (closed - opened) / MINUTE_MS),
    session,
  };
}

export const allPlaces = ({ ids }: TradeColumns): Places => Int32Array.from(ids, (_, place) => place);

/** The values of a column at these places. */
export function valuesAt(column: Float64Array, places: Places): Float64Array {
  const values = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) values[at] = column[places[at] as number] as number;
  return values;
}

export const idsAt = ({ ids }: TradeColumns, places: Places): readonly string[] => Array.from(places, (place) => ids[place] as string);
