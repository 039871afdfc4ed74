import type { BrokerPosition } from '#domain/brokerage/broker-order';
import type { Adjustment, Difference } from '#domain/events/account';
import { type Instant, minuteOf } from '#domain/values/instant';
import { type Price, price } from '#domain/values/price';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';
import { undoneAt, useBusts } from '#engine/execution/busts';
import { correctedAt, isCorrecting, useCorrections } from '#engine/execution/corrections';
import type { Cycle } from '#engine/execution/cycle';
import type { Desk } from '#engine/execution/desk';
import { meanPrice, outsideTrades, tradesThatMoved } from '#engine/execution/outside-trades';
import { hasGap, isFlatten, isLive } from '#engine/execution/tracked';

/** What the broker has changed in a trade that was told before. */
const amended = { bust: 'a trade was taken back', correction: 'a trade was corrected' } as const;

type Suspect = { readonly ours: number; readonly theirs: number; readonly at: Instant; readonly touched: number };

/**
 * Our shares against the broker's. Its lists are never of one instant, so nothing is judged before two readings agree that
 * lie apart, with nothing done in the name in between; then the broker is right.
 */
export class Comparison {
  readonly #desk: Desk;
  readonly #suspects = new Map<SymbolIndex, Suspect>();
  /** Differences of which nothing can be said yet, since the reading that showed them first. */
  readonly #unclear = new Map<SymbolIndex, Omit<Suspect, 'touched'>>();
  readonly #strangers = new Map<Ticker, number>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Compares what a reading brought; whether nothing is left to be looked at again. */
  compare(cycle: Cycle, positions: readonly BrokerPosition[]): boolean {
    const desk = this.#desk;
    const rows = new Map<SymbolIndex, BrokerPosition>();
    for (const row of positions) {
      const symbol = desk.names.indexOf(row.ticker);
      if (symbol === null) this.#stranger(row);
      else rows.set(symbol, row);
    }
    let isClean = true;
    for (const symbol of new Set([...desk.holdings.held, ...rows.keys(), ...this.#suspects.keys(), ...this.#unclear.keys()]))
      if (!this.#agrees(cycle, symbol, rows.get(symbol))) isClean = false;
    return isClean;
  }

  #agrees(cycle: Cycle, symbol: SymbolIndex, row: BrokerPosition | undefined): boolean {
    const desk = this.#desk;
    const ours = desk.holdings.of(symbol);
    const theirs = Math.trunc(row?.shares ?? 0);
    if (ours === theirs || this.#mayBeSplit(symbol, { ours, theirs })) {
      this.#suspects.delete(symbol);
      this.#unclear.delete(symbol);
      return true;
    }
    const { touched } = desk.lane(symbol);
    if (touched !== (cycle.touched.get(symbol) ?? 0) || this.#isMoving(symbol)) {
      this.#suspects.delete(symbol);
      this.#stillUnclear(cycle, symbol, { ours, theirs });
      return false;
    }
    const before = this.#suspects.get(symbol);
    const isSame = before !== undefined && before.ours === ours && before.theirs === theirs && before.touched === touched;
    if (!isSame) this.#suspects.set(symbol, { ours, theirs, at: cycle.began, touched });
    if (!isSame || cycle.began - before.at < desk.patience.lagMs) return false;
    this.#suspects.delete(symbol);
    this.#unclear.delete(symbol);
    this.#judge(symbol, { ours, theirs, row });
    return true;
  }

  /**
   * What is under way may explain it, and may take a minute to be over: until then nothing more is bought on a count that may be wrong.
   * One that changes is a list that lags behind what is being sold (D4).
   */
  #stillUnclear({ began }: Cycle, symbol: SymbolIndex, { ours, theirs }: { ours: number; theirs: number }): void {
    const desk = this.#desk;
    const before = this.#unclear.get(symbol);
    if (before === undefined || before.ours !== ours || before.theirs !== theirs) {
      this.#unclear.set(symbol, { ours, theirs, at: began });
      return;
    }
    if (began - before.at < desk.patience.unclearMs || desk.quarantined.has(symbol)) return;
    desk.differ('shares', symbol, { ours, theirs, detail: 'nothing can be said of it yet' });
  }

  /** A split over night is told when the next session opens: until then another number of shares may be one, unless it was traded (D7). */
  #mayBeSplit(symbol: SymbolIndex, { ours, theirs }: { ours: number; theirs: number }): boolean {
    const desk = this.#desk;
    return desk.isBetween && ours * theirs > 0 && tradesThatMoved(outsideTrades(desk, symbol), theirs - ours) === null;
  }

  /** What is under way in the name may explain a difference by itself. */
  #isMoving(symbol: SymbolIndex): boolean {
    const desk = this.#desk;
    if (desk.lane(symbol).busy !== null || isCorrecting(desk, desk.names.tickerOf(symbol))) return true;
    return desk.roll
      .in(symbol)
      .some((tracked) => tracked.stage === 'unknown' || tracked.links.some(hasGap) || (isFlatten(tracked) && tracked.links.some(isLive)));
  }

  #judge(symbol: SymbolIndex, { ours, theirs, row }: { ours: number; theirs: number; row: BrokerPosition | undefined }): void {
    const desk = this.#desk;
    const ticker = desk.names.tickerOf(symbol);
    const traded = outsideTrades(desk, symbol);
    const moved = tradesThatMoved(traded, theirs - ours);
    const isExplained = moved !== null;
    const newest = (moved ?? traded).at(-1);
    if (newest !== undefined) desk.explained.set(symbol, newest.at);
    const bustAt = undoneAt(desk, ticker, theirs - ours);
    const corrected = bustAt === null ? correctedAt(desk, ticker, theirs - ours) : null;
    useBusts(desk, ticker);
    useCorrections(desk, ticker);
    const difference: Difference = theirs === 0 ? 'phantom' : ours === 0 ? 'orphan' : 'shares';
    const external: Adjustment =
      isExplained || difference === 'shares' ? 'external_trade' : difference === 'phantom' ? 'phantom' : 'orphan';
    const cause = bustAt !== null ? 'bust' : corrected !== null ? 'correction' : external;
    const unamended = isExplained ? 'traded by somebody else' : 'without an execution';
    const detail = cause === 'bust' || cause === 'correction' ? amended[cause] : unamended;
    // Whether the broker or a person has sold, nobody here can tell; the account may be at the end of its margin (D6).
    const isTaken =
      cause === external && traded.some(({ side }) => (side === 'sell' ? ours > theirs && ours > 0 : ours < theirs && ours < 0));
    if (isTaken) desk.pauseEntries(`${Math.abs(ours - theirs)} shares of ${ticker} were closed by an order that this book has not sent`);
    desk.differ(difference, symbol, { ours, theirs, detail });
    const at = bustAt ?? corrected ?? (isExplained ? meanPrice(moved) : null) ?? worthOf(row) ?? desk.holdings.priceOf(symbol);
    if (at === null) return;
    desk.holdings.adjust(symbol, theirs - ours, at);
    desk.lane(symbol).touched++;
    desk.tell({ kind: 'position_adjusted', symbol, shares: theirs - ours, price: at, cause, bar: minuteOf(desk.now) });
  }

  /** Held in a name that has no column here: it can only be told. */
  #stranger({ ticker, shares }: BrokerPosition): void {
    if (this.#strangers.get(ticker) === shares) return;
    this.#strangers.set(ticker, shares);
    this.#desk.tell({ kind: 'difference_found', difference: 'orphan', symbol: null, ours: 0, theirs: shares, detail: ticker });
  }
}

function worthOf(row: BrokerPosition | undefined): Price | null {
  if (row === undefined) return null;
  const cost = Math.round(row.meanCost);
  return cost > 0 ? price(cost) : row.price;
}
