import type { Entry, EventOf } from '#domain/events/event';
import { SessionClock } from '#domain/market/session-clock';
import type { Choice, Question, ReasonCode } from '#domain/session/question';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { Asked, Operator } from '#engine/ports/operator';
import { Context } from '#main/operator/context';
import type { Lines } from '#main/operator/lines';
import { questionLines, titleOf } from '#main/operator/question-text';
import { typedAnswer, typedReason } from '#main/operator/typed-answer';

export type Terminal = {
  /** The name under which the answers stand in the journal. */
  readonly by: string;
  readonly lines: Lines;
  readonly say: (line: string) => void;
  /** Seconds of the market in one of the person's while a question is open. */
  readonly speed: number;
  /** Milliseconds of the person's clock. */
  readonly now: () => number;
  /** Whether the run has come to the end of the journal: what lies before it is not asked again. */
  readonly caughtUp: () => boolean;
};

type Open = { readonly sequence: number; readonly question: Question; shown: boolean; said: boolean; choice: Choice | null };

/** A person at the terminal: shows each question, waits for a line, and answers with the market's time. */
export class TerminalOperator implements Operator {
  readonly #terminal: Terminal;
  readonly #context = new Context();
  readonly #open = new Map<number, Open>();
  readonly #waiting: Asked[] = [];
  #clock: SessionClock | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  see(entry: Entry): void {
    this.#context.see(entry);
    const { sequence, event } = entry;
    if (event.kind === 'session_opened') this.#clock = new SessionClock(event);
    if (event.kind === 'question_asked')
      this.#open.set(sequence, { sequence, question: event.question, shown: false, said: false, choice: null });
    if (event.kind === 'question_settled') this.#settled(event);
    if (event.kind === 'request_refused') this.#refused(event);
  }

  next(before: Instant): Asked | null {
    const [first] = this.#waiting;
    if (first === undefined || first.at >= before) return null;
    this.#waiting.shift();
    return first;
  }

  /** After a minute has closed: while something is open, the next one takes as long as it takes a person. */
  async wait(closed: Instant): Promise<void> {
    if (!this.#terminal.caughtUp() || this.#unanswered() === undefined) return;
    const { lines, now, speed } = this.#terminal;
    const began = now();
    const whole = MINUTE_MS / speed;
    for (let open = this.#unanswered(); open !== undefined; open = this.#unanswered()) {
      this.#show(open, closed);
      const line = await lines.next(Math.max(0, whole - (now() - began)));
      if (line === null) return;
      // The answer belongs to this minute, whatever the clocks say.
      const passed = Math.min(MINUTE_MS - 1, Math.floor((now() - began) * speed));
      this.#take(line, open, instant(closed + (Number.isFinite(passed) ? passed : 0)));
    }
  }

  #unanswered(): Open | undefined {
    return [...this.#open.values()].find(({ said }) => !said);
  }

  #show(open: Open, at: Instant): void {
    if (this.#clock === null || open.shown) return;
    open.shown = true;
    this.#terminal.lines.forget();
    const known = this.#context.at(at);
    for (const line of questionLines(open.sequence, open.question, { context: this.#context, known, clock: this.#clock }))
      this.#terminal.say(line);
    this.#terminal.say(`  your answer: ${open.question.options.map(({ choice }) => choice).join(', ')}, or its number; then the reason`);
  }

  #take(line: string, open: Open, at: Instant): void {
    if (open.choice !== null) return this.#reason(line, open, open.choice, at);
    const typed = typedAnswer(line, open.question);
    switch (typed.kind) {
      case 'not_understood':
        return this.#terminal.say(`  not understood; ${open.question.options.map(({ choice }) => choice).join(', ')}?`);
      case 'reason_wanted':
        open.choice = typed.choice;
        return this.#terminal.say('  the system recommends otherwise; why?');
      case 'answer':
        return this.#answer(open, typed, at);
    }
  }

  #reason(line: string, open: Open, choice: Choice, at: Instant): void {
    const reason = typedReason(line);
    if (reason.because === '' && reason.code === null) return this.#terminal.say('  a reason is needed; why?');
    this.#answer(open, { choice, ...reason }, at);
  }

  #answer(
    open: Open,
    { choice, because, code }: { readonly choice: Choice; readonly because: string; readonly code: ReasonCode | null },
    at: Instant,
  ): void {
    open.said = true;
    const { sequence, question } = open;
    const { by } = this.#terminal;
    this.#waiting.push({
      at,
      request: { kind: 'answer_question', by, from: 'person', question: sequence, terms: question.terms, choice, because, code },
    });
  }

  #settled({ question, settlement, choice }: EventOf<'question_settled'>): void {
    const open = this.#open.get(question);
    this.#open.delete(question);
    if (open?.shown !== true || settlement === 'answered') return;
    this.#terminal.say(`question ${question} (${titleOf(open.question, this.#context)}) ${settlement}: ${choice.replaceAll('_', ' ')}`);
  }

  /** It may be said again while there is time. */
  #refused({ subject, fault, detail }: EventOf<'request_refused'>): void {
    const open = this.#open.get(subject);
    if (open === undefined || !open.shown) return;
    open.said = false;
    open.choice = null;
    this.#terminal.say(`question ${subject}: your answer does not count (${fault.replaceAll('_', ' ')}: ${detail})`);
  }
}
