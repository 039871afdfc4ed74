import type { SettingsStamp } from '#domain/events/decision';
import type { Entry, EventOf } from '#domain/events/event';
import type { Emit } from '#domain/events/service';
import type { Halts } from '#domain/risk/halts';
import { entryOptions, lossOptions, timeStopOptions } from '#domain/session/consequences';
import type { Question, QuestionSubject, Settlement } from '#domain/session/question';
import { type Terms, termsHash } from '#domain/session/terms';
import { defaultSettings, type Settings } from '#domain/settings';
import { noStamp, stampOf } from '#domain/settings-stamp';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SymbolIndex } from '#domain/values/symbol';
import type { StateSink } from '#domain/values/symbol-columns';
import { type AskedQuestion, answerFault } from '#production/workflow/answer-fault';
import { KnownBook } from '#production/workflow/known-book';

type Asking = Pick<Question, 'intent' | 'symbol' | 'shares' | 'price' | 'deadline' | 'options' | 'recommended' | 'whenSilent'>;
type Ending = Pick<EventOf<'question_settled'>, 'settlement' | 'choice' | 'override' | 'by' | 'because' | 'code'>;

/**
 * What a person is asked in a supervised session, and how each question ends: exactly once, by an answer before its
 * deadline, by silence, or because there is nothing left to decide. Silence never takes a risk.
 */
export class Questions {
  readonly #halts: Halts;
  readonly #book = new KnownBook();
  /** Those of this session, by the sequence of their entries. */
  readonly #asked = new Map<number, AskedQuestion>();
  #session: Settings['session'] = defaultSettings.session;
  #stamp: SettingsStamp = noStamp;

  /** `halts` has already seen each entry that comes here. */
  constructor(halts: Halts) {
    this.#halts = halts;
  }

  /** Whether somebody is being asked just now whether to enter this name. */
  asksOf(symbol: SymbolIndex): boolean {
    return this.#open('entry').some(([, { question }]) => question.symbol === symbol);
  }

  see(entry: Entry, emit: Emit): void {
    this.#book.see(entry);
    const { at, event } = entry;
    this.#expire((deadline) => at >= deadline, emit);
    switch (event.kind) {
      case 'run_started':
      case 'parameters_changed':
        this.#session = event.settings.session;
        this.#stamp = stampOf(event);
        return this.#withdrawIdle(emit);
      case 'session_opened':
        return this.#asked.clear();
      case 'session_closed':
        return this.#expire(() => true, emit);
      case 'halt_ordered':
      case 'order_filled':
      case 'position_adjusted':
        return this.#withdrawIdle(emit);
      case 'approval_wanted':
        return this.#askEntry(event, at, emit);
      case 'loss_warned':
        return this.#askLoss(event, at, emit);
      case 'time_stop_near':
        return this.#askTimeStop(event, emit);
      case 'question_asked':
        return this.#heard(entry.sequence, event.question, emit);
      case 'answer_given':
        return this.#answer(event, entry.cause, emit);
      default:
        return;
    }
  }

  hashInto(sink: StateSink): void {
    this.#book.hashInto(sink);
    const { control, answerMinutes, operators } = this.#session;
    sink.text(`${control} ${answerMinutes} ${JSON.stringify(operators)} ${this.#stamp.version} ${this.#stamp.hash}`);
    for (const [sequence, { question, settlement }] of this.#asked)
      sink.text(
        `${sequence} ${question.subject} ${question.intent} ${question.symbol} ${question.terms} ${question.deadline} ${settlement}`,
      );
  }

  #askEntry({ intent, order }: EventOf<'approval_wanted'>, at: Instant, emit: Emit): void {
    const { symbol, side, shares, limit, stop, target } = order;
    const deadline = this.#deadlineFrom(at);
    this.#ask(
      'entry',
      { intent, symbol, shares, price: limit, deadline, options: entryOptions(order), recommended: 'enter', whenSilent: 'decline' },
      { ticker: symbol, side, limit, stop, target },
      emit,
    );
  }

  #askLoss({ limit }: EventOf<'loss_warned'>, at: Instant, emit: Emit): void {
    const { held } = this.#book;
    if (this.#session.control !== 'supervised' || held.length === 0) return;
    const deadline = this.#deadlineFrom(at);
    this.#ask(
      'loss_warning',
      { intent: 0, symbol: null, shares: 0, price: 0, deadline, options: lossOptions(held), recommended: 'hold', whenSilent: 'hold' },
      { ticker: null, side: null, limit, stop: 0, target: 0 },
      emit,
    );
  }

  #askTimeStop(near: EventOf<'time_stop_near'>, emit: Emit): void {
    const { intent, symbol, due: deadline, shares, mark, stop, target } = near;
    const held = this.#book.heldIn(symbol);
    if (this.#session.control !== 'supervised' || held === null) return;
    const options = timeStopOptions({ ...held, bracket: { stop, target } });
    this.#ask(
      'time_stop',
      { intent, symbol, shares, price: mark, deadline, options, recommended: 'close', whenSilent: 'close' },
      { ticker: symbol, side: 'sell', limit: mark, stop, target },
      emit,
    );
  }

  #ask(subject: QuestionSubject, asking: Asking, terms: Pick<Terms, 'ticker' | 'side' | 'limit' | 'stop' | 'target'>, emit: Emit): void {
    const { intent, shares, deadline } = asking;
    const hash = termsHash({ subject, intent, shares, ...terms, validUntil: deadline });
    emit({ kind: 'question_asked', question: { subject, ...asking, terms: hash }, stamp: this.#stamp });
  }

  #deadlineFrom(at: Instant): Instant {
    return instant(at + this.#session.answerMinutes * MINUTE_MS);
  }

  /** Only now it has a name. What happened since it was put may already have taken its sense. */
  #heard(sequence: number, question: Question, emit: Emit): void {
    // A later warning knows more: of two open ones nobody could say which to answer.
    const before = question.subject === 'loss_warning' ? this.#open('loss_warning') : [];
    for (const [earlier, asked] of before) this.#settle(earlier, asked, silently('withdrawn', asked.question), emit);
    const twice = question.symbol !== null && question.subject === 'entry' && this.asksOf(question.symbol);
    const asked: AskedQuestion = { question, settlement: null };
    this.#asked.set(sequence, asked);
    if (twice || this.#isIdle(question)) this.#settle(sequence, asked, silently('withdrawn', question), emit);
  }

  #answer(answer: EventOf<'answer_given'>, request: number, emit: Emit): void {
    const asked = this.#asked.get(answer.question);
    const found = answerFault(answer, asked, this.#session.operators);
    const { by, choice, because, code } = answer;
    if (found !== null) return emit({ kind: 'request_refused', request, by, subject: answer.question, ...found });
    if (asked === undefined) return;
    const override = choice !== asked.question.recommended;
    this.#settle(answer.question, asked, { settlement: 'answered', choice, override, by, because, code }, emit);
  }

  #expire(isOver: (deadline: Instant) => boolean, emit: Emit): void {
    if (this.#asked.size === 0) return;
    for (const [sequence, asked] of this.#open())
      if (isOver(asked.question.deadline)) this.#settle(sequence, asked, silently('expired', asked.question), emit);
  }

  #withdrawIdle(emit: Emit): void {
    for (const [sequence, asked] of this.#open())
      if (this.#isIdle(asked.question)) this.#settle(sequence, asked, silently('withdrawn', asked.question), emit);
  }

  /** Whether an answer could change nothing any more, or must not. */
  #isIdle({ subject, symbol }: Question): boolean {
    if (this.#session.control !== 'supervised') return true;
    if (subject === 'entry') return this.#halts.any;
    if (subject === 'loss_warning') return this.#book.held.length === 0;
    return symbol === null || this.#book.heldIn(symbol) === null;
  }

  /** Counts from here on, and not only when the entry comes round: a second answer finds it settled. */
  #settle(sequence: number, asked: AskedQuestion, ending: Ending, emit: Emit): void {
    asked.settlement = ending.settlement;
    const { subject, intent } = asked.question;
    emit({ kind: 'question_settled', question: sequence, subject, intent, ...ending });
  }

  #open(subject?: QuestionSubject): readonly (readonly [sequence: number, asked: AskedQuestion])[] {
    return [...this.#asked].filter(
      ([, { question, settlement }]) => settlement === null && (subject === undefined || question.subject === subject),
    );
  }
}

const silently = (settlement: Settlement, { whenSilent }: Question): Ending => ({
  settlement,
  choice: whenSilent,
  override: false,
  by: '',
  because: '',
  code: null,
});
