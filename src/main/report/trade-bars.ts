import type { Frame } from '#domain/events/frame';
import type { Trade } from '#domain/performance/trade';
import { type Instant, MINUTE_MS } from '#domain/values/instant';
import { decodeEntries } from '#engine/journal/reader';
import type { TradeBar } from '#main/report/trade-source';

/** Minutes that are shown before the first fill and after the last. */
export const MINUTES_AROUND = 30;

type Wanted = { readonly trade: Trade; readonly from: Instant; readonly to: Instant; readonly bars: TradeBar[] };

/** The regular minutes around each of these trades. Throws a `JournalError` where the journal cannot be trusted. */
export function readTradeBars(directory: string, trades: readonly Trade[]): ReadonlyMap<string, readonly TradeBar[]> {
  const around = MINUTES_AROUND * MINUTE_MS;
  const wanted = trades
    .map((trade): Wanted => ({ trade, from: (trade.opened - around) as Instant, to: (trade.closed + around) as Instant, bars: [] }))
    .toSorted((one, other) => one.from - other.from);
  let next = 0;
  let open: Wanted[] = [];
  for (const { event } of wanted.length === 0 ? [] : decodeEntries(directory, { kinds: ['bars_closed'] })) {
    const { frame } = event;
    for (let one = wanted[next]; one !== undefined && one.from <= frame.start; one = wanted[++next]) open.push(one);
    if (open.length === 0) {
      if (next === wanted.length) break;
      continue;
    }
    open = open.filter(({ to }) => frame.start <= to);
    if (frame.regular) for (const { trade, bars } of open) pushBar(bars, frame, trade.symbol);
  }
  return new Map(wanted.filter(({ bars }) => bars.length > 0).map(({ trade, bars }) => [trade.id, bars]));
}

function pushBar(bars: TradeBar[], { start, width, open, high, low, close, volume }: Frame, column: number): void {
  if (column >= width || (volume[column] as number) < 0) return;
  bars.push({
    start,
    open: open[column] as number,
    high: high[column] as number,
    low: low[column] as number,
    close: close[column] as number,
  });
}
