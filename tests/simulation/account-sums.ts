import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';

type Position = {
  shares: number;
  /** The most that was held. */
  peak: number;
  /** Signed shares times price. */
  cost: number;
  fees: number;
  readonly intent: number;
  /** Start of the minute in which the first share was bought. */
  readonly since: number;
  mark: number;
};

/** The account by fills, bars and the broker's word alone, added up a second time: nothing is taken from the house. */
export class AccountSums {
  cash: number;
  cashAtOpen: number;
  feesToday = 0;
  losses = 0;
  readonly held = new Map<number, Position>();
  readonly #closes = new Map<number, { readonly close: number; readonly start: number }>();
  #week = '';
  #cashAtWeek: number;
  #peak: number;
  /** The broker's equity less our own, at the instant at which he told it. */
  #gap: number | null = null;
  #gapAtOpen = 0;

  constructor(capital: number) {
    this.cash = capital;
    this.cashAtOpen = capital;
    this.#cashAtWeek = capital;
    this.#peak = capital;
  }

  /** Whether a new week begins. */
  open({ date }: EventOf<'session_opened'>): boolean {
    this.cashAtOpen = this.cash;
    this.feesToday = 0;
    this.#gapAtOpen = this.#gap ?? 0;
    this.#closes.clear();
    const week = mondayOf(date);
    if (week === this.#week) return false;
    this.#week = week;
    this.#cashAtWeek = this.cash;
    return true;
  }

  bars({ regular, width, volume, close, start }: Frame): void {
    if (!regular) return;
    for (let name = 0; name < width; name++) {
      if ((volume[name] as number) < 0) continue;
      const last = close[name] as number;
      this.#closes.set(name, { close: last, start });
      const held = this.held.get(name);
      if (held !== undefined) held.mark = last;
    }
  }

  /** What is held of the name after it; flat positions are the caller's to take away. */
  fill({ symbol, side, shares, price, fees, bar }: EventOf<'order_filled'>, intent: number): Position {
    const held = this.held.get(symbol) ?? this.#begun(symbol, { intent, price, bar });
    const signed = side === 'buy' ? shares : -shares;
    held.shares += signed;
    held.peak = Math.max(held.peak, held.shares);
    held.cost += signed * price;
    held.fees += fees;
    this.cash -= signed * price + fees;
    this.feesToday += fees;
    if (held.shares === 0) this.#count(-held.cost - held.fees);
    return held;
  }

  report(equity: number): void {
    this.#gap = equity - this.own;
  }

  /** What was lost or won since, and the fall from here, once the house has looked. */
  observe(gapMax: number): void {
    this.#peak = Math.max(this.#peak, this.worse(gapMax));
  }

  /** A person has seen the fall. */
  startAnew(gapMax: number): void {
    this.#peak = this.worse(gapMax);
  }

  get own(): number {
    let worth = this.cash;
    for (const { shares, mark } of this.held.values()) worth += shares * mark;
    return worth;
  }

  /** Our own equity, or less by what the broker counts otherwise since this morning, while the two nearly agree. */
  worse(gapMax: number): number {
    const change = (this.#gap ?? 0) - this.#gapAtOpen;
    return this.own + (this.disagrees(gapMax) ? 0 : Math.min(0, change));
  }

  /** Whether the broker's word lies too far from our own to be believed. */
  disagrees(gapMax: number): boolean {
    return Math.abs(this.#gap ?? 0) > Math.abs(this.own) * gapMax;
  }

  pnl(gapMax: number): number {
    return this.worse(gapMax) - this.cashAtOpen;
  }

  week(gapMax: number): { readonly pnl: number; readonly open: number } {
    return { pnl: this.worse(gapMax) - this.#cashAtWeek, open: this.#cashAtWeek };
  }

  fall(gapMax: number): { readonly pnl: number; readonly peak: number } {
    return { pnl: this.worse(gapMax) - this.#peak, peak: this.#peak };
  }

  /** All that is held at its marks: long only. */
  get exposure(): number {
    return this.own - this.cash;
  }

  /** Nothing is held and nothing was traded today. */
  get untouched(): boolean {
    return this.held.size === 0 && this.cash === this.cashAtOpen;
  }

  /** A fill that is told late is worth the newest close that came since, and not its own price. */
  #begun(symbol: number, { intent, price, bar }: { intent: number; price: number; bar: number }): Position {
    const known = this.#closes.get(symbol);
    const mark = known !== undefined && known.start >= bar ? known.close : price;
    const position = { shares: 0, peak: 0, cost: 0, fees: 0, intent, since: bar, mark };
    this.held.set(symbol, position);
    return position;
  }

  #count(pnl: number): void {
    if (pnl < 0) this.losses++;
    if (pnl > 0) this.losses = 0;
  }
}

/** Monday of the week, so that two dates of one ISO week have one name. */
function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
