import type { Entry } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import type { StopLevel } from '#domain/risk/stop-level';
import type { SymbolIndex } from '#domain/values/symbol';
import type { SymbolTable } from '#main/day/symbol-table';
import { amount } from '#main/explain/amounts';
import { clockText } from '#main/live/local-time';

const haltText: Record<StopLevel, string> = {
  pause_entries: 'no new entries',
  cancel_entries: 'entries are cancelled, no new ones',
  flatten: 'everything is closed, no new entries',
  suspend: 'everything is closed, the broker takes no new entries',
};

/** Turns what happens in a traded session into lines that a person can follow; null for what is not worth a line. */
export class DayLog {
  readonly #symbols: () => SymbolTable | null;
  #clock: SessionClock | null = null;
  #phase = '';

  constructor(symbols: () => SymbolTable | null) {
    this.#symbols = symbols;
  }

  lineOf({ sequence, at, event }: Entry): string | null {
    if (event.kind === 'session_opened') this.#clock = new SessionClock(event);
    if (this.#clock === null || this.#clock.history) return null;
    const time = clockText(this.#clock.minuteAt(at));
    const text = event.kind === 'bars_closed' ? this.#phaseChange(event.frame.minute + 1) : this.#textOf(event, sequence);
    return text === null ? null : `${time}  ${text}`;
  }

  #phaseChange(minute: number): string | null {
    const phase = this.#clock?.phaseAt(minute)?.name ?? '';
    if (phase === this.#phase || phase === '') return null;
    this.#phase = phase;
    return `phase    ${phase.replaceAll('_', ' ')}`;
  }

  #textOf(event: Entry['event'], sequence: number): string | null {
    switch (event.kind) {
      case 'session_opened':
        return `session  ${event.date} opens ${clockText(event.openMinute)}, closes ${clockText(event.closeMinute)} New York`;
      case 'headline_published':
        return `news     ${event.text}`;
      case 'intent_refused':
        return `refused  ${this.#name(event.symbol)}: ${event.refusals.map(({ kind }) => kind.replaceAll('_', ' ')).join(', ')}`;
      case 'intent_approved': {
        const { symbol, shares, limit, stop, target, risk, pattern } = event.order;
        return `approved ${this.#name(symbol)}: ${pattern.replaceAll('_', ' ')}, buy ${shares} at ${amount(limit)}, stop ${amount(stop)}, target ${amount(target)}, at risk ${amount(risk)}`;
      }
      case 'order_filled':
        return `filled   ${this.#name(event.symbol)}: ${event.side} ${event.shares} at ${amount(event.price)}${event.flags.length > 0 ? ` (${event.flags.join(', ')})` : ''}`;
      case 'position_closed':
        return `closed   ${this.#name(event.symbol)}: ${event.reason.replaceAll('_', ' ')}, P&L ${amount(event.pnl)}, R ${event.rMultiple.toFixed(2)}`;
      case 'order_rejected':
        return `REFUSED  the broker has not taken ${event.order}: ${event.reason.replaceAll('_', ' ')}`;
      case 'order_unknown':
        return `UNKNOWN  nobody knows what became of ${event.order} (${event.why}); its capital stays reserved`;
      case 'broker_line_changed':
        return `broker   ${event.state}${event.why === '' ? '' : `: ${event.why}`}`;
      case 'cover_missing':
        return `BARE     ${this.#name(event.symbol)}: ${event.held} held, ${event.covered} under a stop`;
      case 'difference_found': {
        const about = event.symbol === null ? 'the account' : this.#name(event.symbol);
        return `DIFFERS  ${about}, ${event.difference.replaceAll('_', ' ')}: ours ${event.ours}, the broker's ${event.theirs}${event.detail === '' ? '' : `; ${event.detail}`}`;
      }
      case 'position_adjusted':
        return `ADJUSTED ${this.#name(event.symbol)}: ${event.shares} shares at ${amount(event.price)} (${event.cause.replaceAll('_', ' ')})`;
      case 'cash_moved':
        return `CASH     ${amount(event.amount)}, ${event.cause}${event.symbol === null ? '' : ` of ${this.#name(event.symbol)}`}: ${event.detail}`;
      case 'name_quarantined':
        return `no more  ${this.#name(event.symbol)} is not entered: ${event.why}`;
      case 'loss_warned':
        return `WARNING  the day's loss is ${amount(event.pnl)} of -${amount(event.limit)}`;
      case 'halt_ordered':
        return `HALT     ${event.reason.replaceAll('_', ' ')}: ${haltText[event.level]}; P&L ${amount(event.pnl)}`;
      case 'stop_cleared':
        return `CLEARED  by ${event.by}: ${event.because}`;
      case 'question_asked': {
        const { subject, symbol, recommended } = event.question;
        const about = symbol === null ? subject : `${subject} ${this.#name(symbol)}`;
        return `asked    ${sequence}: ${about.replaceAll('_', ' ')}, recommended ${recommended.replaceAll('_', ' ')}`;
      }
      case 'question_settled': {
        const { question, settlement, choice, override, by, because } = event;
        const who = settlement === 'answered' ? ` by ${by}${override ? ' against the recommendation' : ''}` : '';
        return `${settlement.padEnd(9)}${question}: ${choice.replaceAll('_', ' ')}${who}${because === '' ? '' : `, ${because}`}`;
      }
      case 'request_refused':
        return `refused  a request of ${event.by}: ${event.fault.replaceAll('_', ' ')}, ${event.detail}`;
      case 'parameters_changed':
        return `settings ${event.name}: ${event.before} is now ${event.after}, by ${event.by}, ${event.because}`;
      default:
        return null;
    }
  }

  #name(symbol: SymbolIndex): string {
    return this.#symbols()?.nameOf(symbol) ?? `#${symbol}`;
  }
}
