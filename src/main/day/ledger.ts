import type { Entry, EventKind } from '#domain/events/event';
import { type Book, evolveBook, openBook } from '#domain/portfolio/book';
import type { Approved, SizedIntent } from '#domain/risk/approval';
import type { Question } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { unreachable } from '#domain/values/assert';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant } from '#domain/values/instant';
import type { TornTail } from '#engine/journal/problems';
import { decodeEntries } from '#engine/journal/reader';
import { SymbolTable } from '#main/day/symbol-table';

/** One line of the ledger: flat, money and prices as decimal text, times in UTC. Documented in docs/reference/ledger.md. */
export type LedgerLine = { readonly seq: number; readonly at: string; readonly kind: string; readonly [field: string]: unknown };

const kinds = [
  'run_started',
  'session_opened',
  'session_closed',
  'intent_formed',
  'intent_approved',
  'intent_refused',
  'order_requested',
  'order_filled',
  'position_adjusted',
  'cash_moved',
  'split_took_effect',
  'position_closed',
  'halt_ordered',
  'stop_cleared',
  'question_asked',
  'question_settled',
  'request_refused',
  'parameters_changed',
] as const satisfies readonly EventKind[];

type LedgerEntry = Entry<(typeof kinds)[number]>;

const money = (e4: number | null): string | null => (e4 === null ? null : formatE4(e4));

/** Reads a journal into its ledger, oldest first, and returns its torn tail, if any. Throws a `JournalError` where the journal cannot be trusted. */
export function* ledgerOf(directory: string): Generator<LedgerLine, TornTail | null> {
  const ledger = new Ledger();
  const entries = decodeEntries(directory, { kinds });
  for (let step = entries.next(); ; step = entries.next()) {
    if (step.done) return step.value;
    const { sequence, at } = step.value;
    const fields = ledger.fieldsOf(step.value);
    if (fields !== null) yield { seq: sequence, at: formatInstant(at), ...fields };
  }
}

type Fields = { readonly kind: string; readonly [field: string]: unknown };

class Ledger {
  readonly #symbols = new SymbolTable();
  readonly #approved = new Map<number, Approved<SizedIntent>>();
  readonly #intentOf = new Map<string, number>();
  #book: Book = openBook(defaultSettings.capital);
  #history = false;

  fieldsOf({ sequence, event }: LedgerEntry): Fields | null {
    this.#book = evolveBook(this.#book, event);
    switch (event.kind) {
      case 'run_started':
        return null;
      case 'session_opened':
        this.#symbols.list(event.listed);
        this.#history = event.history;
        return this.#history ? null : { kind: 'session_opened', session: event.date, ...this.#worth() };
      case 'session_closed':
        if (this.#history) return null;
        return {
          kind: 'session_closed',
          session: event.date,
          ...this.#worth(),
          pnl: money(this.#book.cash - this.#book.cashAtOpen),
          complete: event.complete,
        };
      case 'intent_formed': {
        const { symbol, side, limit, target, pattern, confidence } = event.intent;
        return {
          kind: 'intent',
          intent: sequence,
          symbol: this.#symbols.nameOf(symbol),
          side,
          price: money(limit),
          target: money(target),
          reason: pattern,
          confidence,
        };
      }
      case 'intent_approved':
        this.#approved.set(event.intent, event.order);
        return null;
      case 'intent_refused':
        return {
          kind: 'refusal',
          intent: event.intent,
          symbol: this.#symbols.nameOf(event.symbol),
          side: event.side,
          reason: event.refusals[0]?.kind ?? null,
          refusals: event.refusals,
        };
      case 'order_requested': {
        const { id, role, type, symbol, side, shares, limit, stop, intent, reason } = event.order;
        this.#intentOf.set(id, intent);
        const plan = role === 'entry' ? this.#approved.get(intent) : undefined;
        const name = this.#symbols.nameOf(symbol);
        const price = money(limit ?? stop);
        const line = { kind: 'order', order: id, intent, symbol: name, side, shares, type, price, reason };
        return plan === undefined
          ? { ...line, stop: money(stop) }
          : { ...line, entry: true, stop: money(plan.stop), target: money(plan.target), risk: money(plan.risk) };
      }
      case 'order_filled': {
        const { order, symbol, side, shares, price, fees, bar, flags } = event;
        const intent = this.#intentOf.get(order) ?? null;
        return {
          kind: 'fill',
          order,
          intent,
          symbol: this.#symbols.nameOf(symbol),
          side,
          shares,
          price: money(price),
          fees: money(fees),
          bar: formatInstant(bar),
          flags,
        };
      }
      case 'position_adjusted': {
        const side = event.shares > 0 ? 'buy' : 'sell';
        const symbol = this.#symbols.nameOf(event.symbol);
        return {
          kind: 'position_adjusted',
          symbol,
          side,
          shares: Math.abs(event.shares),
          price: money(event.price),
          reason: event.cause,
          bar: formatInstant(event.bar),
        };
      }
      case 'cash_moved': {
        const symbol = event.symbol === null ? null : this.#symbols.nameOf(event.symbol);
        return { kind: 'cash_moved', symbol, amount: money(event.amount), reason: event.cause, detail: event.detail };
      }
      case 'split_took_effect':
        return this.#history ? null : { kind: 'split', symbol: this.#symbols.nameOf(event.symbol), ratio: event.ratio };
      case 'position_closed': {
        const { symbol, side, shares, pnl, fees, reason, noMarket, intent, rMultiple } = event;
        return {
          kind: 'position_closed',
          intent,
          symbol: this.#symbols.nameOf(symbol),
          side,
          shares,
          pnl: money(pnl),
          fees: money(fees),
          r: rMultiple,
          reason,
          noMarket,
        };
      }
      case 'halt_ordered':
        return { kind: 'halt', reason: event.reason, level: event.level, pnl: money(event.pnl), limit: money(event.limit) };
      case 'stop_cleared':
        return { kind: 'stop_cleared', by: event.by, reason: event.because };
      case 'question_asked':
        return this.#question(sequence, event.question);
      case 'question_settled': {
        const { question, subject, intent, settlement, choice, override, by, because, code } = event;
        return { kind: 'question_settled', question, subject, intent, settlement, choice, override, by, reason: because, code };
      }
      case 'request_refused': {
        const { request, by, fault, subject, detail } = event;
        return { kind: 'request_refused', request, by, reason: fault, subject, detail };
      }
      case 'parameters_changed': {
        const { name, before, after, by, because, stamp } = event;
        return { kind: 'parameters_changed', name, before, after, by, reason: because, version: stamp.version, hash: stamp.hash };
      }
      default:
        return unreachable(event);
    }
  }

  #question(question: number, asked: Question): Fields {
    const { subject, intent, symbol, shares, price, terms, deadline, options, recommended, whenSilent } = asked;
    return {
      kind: 'question_asked',
      question,
      subject,
      intent,
      symbol: symbol === null ? null : this.#symbols.nameOf(symbol),
      shares,
      price: money(price),
      deadline: formatInstant(deadline),
      options: options.map(({ choice, cash, risk, atStop, atTarget }) => ({
        choice,
        cash: money(cash),
        risk: money(risk),
        atStop: money(atStop),
        atTarget: money(atTarget),
      })),
      recommended,
      whenSilent,
      terms,
    };
  }

  /** Flat at both ends of a session, so cash is equity; with positions open the ledger would need marks. */
  #worth(): { readonly cash: string | null; readonly equity: string | null } {
    const { cash: inCash, positions } = this.#book;
    return { cash: money(inCash), equity: positions.length === 0 ? money(inCash) : null };
  }
}
