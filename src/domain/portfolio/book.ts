import type { AccountEvent, Fill } from '#domain/events/account';
import type { Event } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { markedBy } from '#domain/portfolio/mark';
import { sharesAfterSplit, worthAfterSplit } from '#domain/portfolio/split-shares';
import { type Cash, cash } from '#domain/values/cash';
import type { Instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';

/** One open position, folded from its fills. */
export type Position = {
  readonly symbol: SymbolIndex;
  /** Signed: negative for a short. Never 0. */
  readonly shares: number;
  /** The most shares that were ever held. */
  readonly peakShares: number;
  /** What it has cost so far: the sum of signed shares times price, in 1e-4. */
  readonly cost: Cash;
  /** What has opened or enlarged it, whatever was given back since: shares, and what they cost. */
  readonly openedShares: number;
  readonly openedCost: Cash;
  readonly fees: Cash;
  readonly since: Instant;
  /** What a share is worth now, in 1e-4: the close of the newest regular bar, before one has come the price of the first fill. */
  readonly mark: number;
  /** A close so far from the mark that one bar alone does not move it; null when there is none. */
  readonly doubted: number | null;
};

/** A position that has gone flat; `pnl` is after fees. */
export type ClosedPosition = { readonly symbol: SymbolIndex; readonly pnl: Cash; readonly fees: Cash; readonly peakShares: number };

/** Cash and positions as the fills tell them. The one formula for all services; none keeps its own. */
export type Book = {
  readonly cash: Cash;
  readonly positions: readonly Position[];
  /** What the account was worth when the session began: its cash, and whatever was held over night after all. */
  readonly cashAtOpen: Cash;
  readonly feesToday: Cash;
  readonly lossesInARow: number;
  /** What the newest event closed, if it closed something. */
  readonly closed: ClosedPosition | null;
  /**
   * The regular minutes of this session, for a fill that is told late is worth what has been known since. The one thing that
   * grows in place: a book for each minute of a flat day cost more than all the rest of it.
   */
  readonly minutes: Frame[];
};

export const openBook = (capital: Cash): Book => ({
  cash: capital,
  positions: [],
  cashAtOpen: capital,
  feesToday: cash(0),
  lossesInARow: 0,
  closed: null,
  minutes: [],
});

/** What an event does to the book. Total: an event that does not concern it leaves it as it was. */
export function evolveBook(book: Book, event: Event): Book {
  switch (event.kind) {
    case 'run_started':
      return openBook(event.settings.capital);
    case 'session_opened':
      return { ...book, cashAtOpen: equity(book), feesToday: cash(0), closed: null, minutes: [] };
    case 'order_filled':
      return filled(book, event);
    case 'split_took_effect':
      return split(book, event);
    case 'position_adjusted':
      return filled(book, adjusting(event));
    case 'cash_moved':
      return moved(book, event);
    case 'bars_closed':
      return marked(book, event.frame);
    default:
      return nothingClosed(book);
  }
}

const nothingClosed = (book: Book): Book => (book.closed === null ? book : { ...book, closed: null });

/**
 * What a correction gives or takes changes what the shares have cost, as long as any are held; all else is cash alone. What is paid in
 * or out is no profit and no loss: it must not hide one.
 */
function moved(book: Book, { symbol, amount, cause }: Extract<AccountEvent, { readonly kind: 'cash_moved' }>): Book {
  const positions = book.positions.map((position) =>
    cause === 'correction' && position.symbol === symbol
      ? { ...position, cost: cash(position.cost - amount), openedCost: cash(position.openedCost - amount) }
      : position,
  );
  const cashAtOpen = cause === 'transfer' ? cash(book.cashAtOpen + amount) : book.cashAtOpen;
  return { ...book, cash: cash(book.cash + amount), cashAtOpen, positions, closed: null };
}

/** More shares at a lower price, or fewer at a higher one: what is held is worth the same. */
function split(book: Book, { symbol, ratio }: Extract<Event, { readonly kind: 'split_took_effect' }>): Book {
  if (positionIn(book, symbol) === undefined) return nothingClosed(book);
  const scaled = (position: Position): Position => ({
    ...position,
    shares: sharesAfterSplit(position.shares, ratio),
    peakShares: sharesAfterSplit(position.peakShares, ratio),
    openedShares: position.openedShares * ratio,
    mark: worthAfterSplit(position.mark, ratio),
    doubted: null,
  });
  const positions = book.positions.map((position) => (position.symbol === symbol ? scaled(position) : position));
  return { ...book, positions: positions.filter(({ shares }) => shares !== 0), closed: null };
}

/** A price outside of the regular session is no loss of a flat day, so it marks nothing. */
function marked(book: Book, frame: Frame): Book {
  const { regular, width, close, volume } = frame;
  if (!regular) return nothingClosed(book);
  book.minutes.push(frame);
  if (book.positions.length === 0) return nothingClosed(book);
  const positions: Position[] = [];
  let isMoved = false;
  for (const position of book.positions) {
    const { symbol, mark, doubted } = position;
    const now = symbol < width && (volume[symbol] as number) >= 0 ? (close[symbol] as number) : mark;
    const next = markedBy(position, now);
    const same = next.mark === mark && next.doubted === doubted;
    if (!same) isMoved = true;
    positions.push(same ? position : { ...position, ...next });
  }
  return isMoved ? { ...book, positions, closed: null } : nothingClosed(book);
}

type Execution = Pick<Fill, 'symbol' | 'side' | 'shares' | 'price' | 'fees' | 'bar'>;

/** Shares that came or went without an order of ours changed hands at some price like all others. */
const adjusting = ({ symbol, shares, price, bar }: Extract<AccountEvent, { readonly kind: 'position_adjusted' }>): Execution => ({
  symbol,
  side: shares > 0 ? 'buy' : 'sell',
  shares: quantity(Math.abs(shares)),
  price,
  fees: cash(0),
  bar,
});

function filled(book: Book, fill: Execution): Book {
  const shares = fill.side === 'buy' ? fill.shares : -fill.shares;
  const cost = cash(shares * fill.price);
  const held = book.positions.find(({ symbol }) => symbol === fill.symbol);
  const opens = held === undefined || Math.sign(held.shares) === Math.sign(shares);
  const position: Position = {
    symbol: fill.symbol,
    shares: (held?.shares ?? 0) + shares,
    peakShares: Math.max(held?.peakShares ?? 0, Math.abs((held?.shares ?? 0) + shares)),
    cost: cash((held?.cost ?? 0) + cost),
    openedShares: (held?.openedShares ?? 0) + (opens ? fill.shares : 0),
    openedCost: cash((held?.openedCost ?? 0) + (opens ? fill.shares * fill.price : 0)),
    fees: cash((held?.fees ?? 0) + fill.fees),
    since: held?.since ?? fill.bar,
    mark: held?.mark ?? newestClose(book.minutes, fill) ?? fill.price,
    doubted: held?.doubted ?? null,
  };
  const others = book.positions.filter(({ symbol }) => symbol !== fill.symbol);
  const after = { ...book, cash: cash(book.cash - cost - fill.fees), feesToday: cash(book.feesToday + fill.fees) };
  if (position.shares !== 0) return { ...after, positions: [...others, position], closed: null };
  const pnl = cash(-position.cost - position.fees);
  return {
    ...after,
    positions: others,
    lossesInARow: pnl < 0 ? book.lossesInARow + 1 : pnl > 0 ? 0 : book.lossesInARow,
    closed: { symbol: fill.symbol, pnl, fees: position.fees, peakShares: position.peakShares },
  };
}

/** The newest close of the name that is not older than the fill; null when none has come since. */
function newestClose(minutes: readonly Frame[], { symbol, bar }: Execution): number | null {
  for (let place = minutes.length - 1; place >= 0; place--) {
    const { start, width, volume, close } = minutes[place] as Frame;
    if (start < bar) return null;
    if (symbol < width && (volume[symbol] as number) >= 0) return close[symbol] as number;
  }
  return null;
}

export const positionIn = (book: Book, symbol: SymbolIndex): Position | undefined =>
  book.positions.find((position) => position.symbol === symbol);

/** What a share of it has cost in the mean, whatever was given back since; in 1e-4, perhaps with a fraction. */
export const averageCost = ({ openedCost, openedShares }: Position): number => openedCost / openedShares;

/** Whether a share is worth less than what it has cost, before fees and whatever shares that are gone have made. */
export const isLoser = (position: Position): boolean => Math.sign(position.shares) * (position.mark - averageCost(position)) < 0;

/** Cash and the worth of all positions at their marks, in 1e-4. */
export function equity({ cash: inCash, positions }: Book): Cash {
  let worth: number = inCash;
  for (const { shares, mark } of positions) worth += shares * mark;
  return cash(worth);
}

/** The day's P&L: realised and unrealised, less fees, since the session began. */
export const pnlToday = (book: Book): Cash => cash(equity(book) - book.cashAtOpen);

/** Cash, the row of losses, and what is held and has cost: the rest of the book is told in events by then. */
export function hashBook({ cash: inCash, positions, lossesInARow }: Book, sink: StateSink): void {
  const held = positions.map(
    ({ symbol, shares, mark, doubted, openedShares, openedCost }) =>
      `${symbol} ${shares} ${mark}${doubted === null ? '' : `?${doubted}`} ${openedShares} ${openedCost}`,
  );
  sink.text(`${inCash} ${lossesInARow} ${held.join(' ')}`);
}
