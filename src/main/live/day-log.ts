import type { Entry } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import { reaches } from '#domain/risk/stop-level';
import { formatE4 } from '#domain/values/decimal';
import type { SymbolIndex } from '#domain/values/symbol';
import type { SymbolTable } from '#main/day/symbol-table';
import { clockText } from '#main/live/local-time';

const dollars = (e4: number): string => formatE4(Math.round(e4 / 100) * 100).slice(0, -2);

/** Turns what happens in a traded session into lines that a person can follow; null for what is not worth a line. */
export class DayLog {
  readonly #symbols: () => SymbolTable | null;
  #clock: SessionClock | null = null;
  #phase = '';

  constructor(symbols: () => SymbolTable | null) {
    this.#symbols = symbols;
  }

  lineOf({ at, event }: Entry): string | null {
    if (event.kind === 'session_opened') this.#clock = new SessionClock(event);
    if (this.#clock === null || this.#clock.history) return null;
    const time = clockText(this.#clock.minuteAt(at));
    const text = event.kind === 'bars_closed' ? this.#phaseChange(event.frame.minute + 1) : this.#textOf(event);
    return text === null ? null : `${time}  ${text}`;
  }

  #phaseChange(minute: number): string | null {
    const phase = this.#clock?.phaseAt(minute)?.name ?? '';
    if (phase === this.#phase || phase === '') return null;
    this.#phase = phase;
    return `phase    ${phase.replaceAll('_', ' ')}`;
  }

  #textOf(event: Entry['event']): string | null {
    switch (event.kind) {
      case 'session_opened':
        return `session  ${event.date} opens ${clockText(event.openMinute)}, closes ${clockText(event.closeMinute)} New York`;
      case 'headline_published':
        return `news     ${event.text}`;
      case 'intent_refused':
        return `refused  ${this.#name(event.symbol)}: ${event.refusals.map(({ kind }) => kind.replaceAll('_', ' ')).join(', ')}`;
      case 'intent_approved': {
        const { symbol, shares, limit, stop, target, risk, pattern } = event.order;
        return `approved ${this.#name(symbol)}: ${pattern.replaceAll('_', ' ')}, buy ${shares} at ${dollars(limit)}, stop ${dollars(stop)}, target ${dollars(target)}, at risk ${dollars(risk)}`;
      }
      case 'order_filled':
        return `filled   ${this.#name(event.symbol)}: ${event.side} ${event.shares} at ${dollars(event.price)}${event.flags.length > 0 ? ` (${event.flags.join(', ')})` : ''}`;
      case 'position_closed':
        return `closed   ${this.#name(event.symbol)}: ${event.reason.replaceAll('_', ' ')}, P&L ${dollars(event.pnl)}, R ${event.rMultiple.toFixed(2)}`;
      case 'loss_warned':
        return `WARNING  the day's loss is ${dollars(event.pnl)} of -${dollars(event.limit)}`;
      case 'halt_ordered':
        return `HALT     ${`${event.reason}, ${event.level}`.replaceAll('_', ' ')}: ${reaches(event.level, 'flatten') ? 'everything is closed, ' : ''}no new entries; P&L ${dollars(event.pnl)}`;
      default:
        return null;
    }
  }

  #name(symbol: SymbolIndex): string {
    return this.#symbols()?.nameOf(symbol) ?? `#${symbol}`;
  }
}
