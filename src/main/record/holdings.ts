import type { Entry, EventOf } from '#domain/events/event';
import type { Side } from '#domain/orders/order';
import type { Day, Trade } from '#domain/performance/trade';
import { positionIn } from '#domain/portfolio/book';
import type { Instant } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import { Drawdown } from '#main/record/drawdown';
import type { Names } from '#main/record/names';
import { sequenceOrNull } from '#main/record/orders-rows';
import type { Rows } from '#main/record/rows';
import { TradeLog } from '#main/report/trade-log';

/** A round trip by the entries in which its first share came and its last one went. */
type Ended = { readonly position: number; readonly closing: number };
/** What the house has told of the end of one, and when. */
type Told = { readonly position: number; readonly sequence: number; readonly at: Instant; readonly event: EventOf<'position_closed'> };
/** How a name that was flat came to be held. */
type Opening = { readonly symbol: SymbolIndex; readonly side: Side; readonly at: Instant; readonly intent: number | null };

/** Round trips and days: what the fold of trades finds, in rows. */
export class Holdings {
  readonly #log = new TradeLog();
  readonly #open = new Map<SymbolIndex, number>();
  readonly #ended = new Map<SymbolIndex, Ended>();
  /** By the entry in which the last share went: how far it had gone is known only when its minutes have been told. */
  #told = new Map<number, Told>();
  #trades = new Map<number, Trade>();
  readonly #drawdown = new Drawdown();

  see(entry: Entry, rows: Rows | null, names: Names): void {
    const { event } = entry;
    this.#log.see(entry);
    switch (event.kind) {
      case 'order_filled':
        return this.#changed(entry, { ...event, at: event.bar, intent: names.intentOf(event.order) }, rows, names);
      case 'position_adjusted': {
        const side = event.shares > 0 ? 'buy' : 'sell';
        return this.#changed(entry, { symbol: event.symbol, side, at: event.bar, intent: null }, rows, names);
      }
      case 'split_took_effect':
        if (positionIn(this.#log.book, event.symbol) === undefined) this.#open.delete(event.symbol);
        return;
      case 'position_closed':
        return this.#close(entry, event, rows);
      case 'bars_closed':
      case 'session_closed':
      case 'session_opened':
        return this.#finish(entry, rows, names);
      default:
        return;
    }
  }

  #changed({ sequence }: Entry, { symbol, side, at, intent }: Opening, rows: Rows | null, names: Names): void {
    const isHeld = positionIn(this.#log.book, symbol) !== undefined;
    const position = this.#open.get(symbol);
    if (position === undefined && isHeld) {
      this.#open.set(symbol, sequence);
      rows?.into('positions', sequence).instant(at).int(names.security(symbol)).word(side).int(intent).end();
    }
    if (position === undefined || isHeld) return;
    this.#open.delete(symbol);
    this.#ended.set(symbol, { position, closing: sequence });
  }

  #close({ sequence, at }: Entry, event: EventOf<'position_closed'>, rows: Rows | null): void {
    const ended = this.#ended.get(event.symbol);
    if (ended === undefined) return;
    this.#ended.delete(event.symbol);
    this.#told.set(ended.closing, { position: ended.position, sequence, at, event });
    const trade = this.#trades.get(ended.closing);
    if (trade !== undefined) this.#closing(trade, rows);
  }

  #finish({ sequence }: Entry, rows: Rows | null, names: Names): void {
    for (const trade of this.#log.takenTrades())
      if (this.#told.has(trade.closing)) this.#closing(trade, rows);
      else this.#trades.set(trade.closing, trade);
    for (const day of this.#log.takenDays()) this.#day(day, sequence, rows, names);
  }

  #closing({ closing, favourable, adverse, slippage }: Trade, rows: Rows | null): void {
    const told = this.#told.get(closing);
    this.#told.delete(closing);
    this.#trades.delete(closing);
    if (told === undefined || rows === null) return;
    const { shares, pnl, fees, rMultiple, reason, noMarket, intent } = told.event;
    const row = rows.into('position_closings', told.position).int(told.sequence).instant(told.at);
    row.int(shares).e4(pnl).e4(fees).float(rMultiple).word(reason).bool(noMarket);
    row.float(favourable.r).e4(favourable.money).float(adverse.r).e4(adverse.money);
    row.int(closing).int(sequenceOrNull(intent)).e4(slippage.exit).end();
  }

  #day(day: Day, sequence: number, rows: Rows | null, names: Names): void {
    // What nobody has told the end of by now never will be.
    this.#trades = new Map([...this.#trades].filter(([, { session }]) => session === day.date));
    const drawdown = this.#drawdown.after(day);
    const { equityBefore, equity, transfers, pnlHigh, pnlLow, exposureMean, exposurePeak, fall, minutes, minutesHeld } = day;
    const base = equityBefore + transfers;
    const row = rows?.into('performance_daily', names.sessionOf(day.date)).e4(equityBefore).e4(equity);
    row
      ?.e4(base + pnlHigh)
      .e4(base + pnlLow)
      .float(drawdown)
      .e4(transfers)
      .float(exposureMean)
      .float(exposurePeak)
      .e4(fall.peak)
      .e4(fall.bottom)
      .int(minutes)
      .int(minutesHeld)
      .int(sequence)
      .end();
  }
}
