import { type Instant, instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { ServedBroker } from '#simulation/broker/served';
import type { DataDesk } from '#simulation/broker-market/data-desk';
import type { MarketMoment } from '#simulation/broker-market/market-moment';
import type { MarketTape } from '#simulation/broker-market/market-tape';

/** A broker that can be told what the market does. */
export type TradingBroker = ServedBroker & {
  quote(ticker: Ticker, bid: Price, ask: Price, bidSize: number, askSize: number): void;
  trade(ticker: Ticker, price: Price, size: number): void;
  status(ticker: Ticker, code: string, reason: string): void;
  split(ticker: Ticker, ratio: number): void;
  announceSplit(ticker: Ticker, ratio: number, date: SessionDate): void;
};

/** What moves under one time. */
export type WorldParts = { readonly broker: TradingBroker; readonly desk: DataDesk; readonly tape: MarketTape };

/** Market, market data and broker under one time: what the market does reaches both at its instant, and in its order. */
export class SimulatedWorld {
  readonly #parts: WorldParts;
  #announced = 0;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.#announce();
  }

  get now(): Instant {
    return this.#parts.broker.now;
  }

  get preparedUntil(): Instant | null {
    return this.#parts.tape.preparedUntil;
  }

  isPrepared(at: Instant): boolean {
    return this.#parts.tape.isPrepared(at);
  }

  async prepare(until: Instant): Promise<void> {
    await this.#parts.tape.prepare(until);
    this.#announce();
  }

  /** When the next thing happens by itself, or waits to be taken from a stream. */
  nextDue(): Instant | null {
    const { broker, desk, tape } = this.#parts;
    const due = [broker.nextDue(), desk.nextDue(), tape.nextDue()].filter((each) => each !== null);
    return due.length === 0 ? null : instant(Math.min(...due));
  }

  /** Everything that falls due up to then happens, in order; a time that has passed changes nothing. */
  advanceTo(at: Instant): void {
    const { tape } = this.#parts;
    for (let due = tape.nextDue(); due !== null && due <= at; due = tape.nextDue()) {
      this.#moveTo(due);
      this.see(tape.takeNext());
    }
    this.#moveTo(at);
  }

  /** What happens in the market now, whoever made it happen. */
  see(moments: readonly MarketMoment[]): void {
    const { broker, desk } = this.#parts;
    for (const moment of moments) tellBroker(broker, moment);
    desk.see(moments);
  }

  /** The splits of a day that was loaded and is yet to come. */
  #announce(): void {
    const { broker, desk } = this.#parts;
    const splits = desk.history.splits();
    for (const { ticker, ratio, session } of splits.slice(this.#announced))
      if (session.preOpen > broker.now) broker.announceSplit(ticker, ratio, session.date);
    this.#announced = splits.length;
  }

  #moveTo(at: Instant): void {
    const { broker, desk } = this.#parts;
    // What is due at this very instant happens too.
    broker.advanceTo(at > broker.now ? at : broker.now);
    desk.advanceTo(at);
  }
}

function tellBroker(broker: TradingBroker, moment: MarketMoment): void {
  switch (moment.kind) {
    case 'quote':
      return broker.quote(moment.ticker, moment.bid, moment.ask, moment.bidSize, moment.askSize);
    case 'trade':
      return broker.trade(moment.ticker, moment.price, moment.size);
    case 'status':
      return broker.status(moment.ticker, moment.code, moment.reason);
    case 'split':
      return broker.split(moment.ticker, moment.ratio);
    case 'bar':
    case 'updated_bar':
    case 'luld':
    case 'news':
      return;
  }
}
