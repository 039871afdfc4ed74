import { createHash } from 'node:crypto';
import type { Event, EventOf } from '#domain/events/event';
import type { Settings } from '#domain/settings';
import { need } from '../broken-rule.js';
import type { Occurrences } from '../occurrences.js';
import { beyondCeilings, loosened } from './looser.js';

export type Sized = EventOf<'approval_wanted'>['order'];
type Question = EventOf<'question_asked'>['question'];
type Asked = Pick<Question, 'terms' | 'deadline' | 'intent' | 'subject'> & { readonly whenSilent: string; settled: boolean };

/** What people are asked and what they ask for: an answer opens one entry, and a looser rule takes a person and a night. */
export class OraclePeople {
  readonly #seen: Occurrences;
  readonly questions = new Map<number, Asked>();
  readonly pending = new Map<number, { readonly name: string; readonly after: string }>();
  readonly #wanted = new Set<string>();
  readonly #consent = new Map<number, number>();

  constructor(seen: Occurrences) {
    this.#seen = seen;
  }

  /** Whether somebody is waited for. */
  get isAsked(): boolean {
    return [...this.questions.values()].slice(-12).some(({ settled }) => !settled);
  }

  /** An entry's terms are the exact order that was put aside for it, and until when they hold. */
  ask({ question }: EventOf<'question_asked'>, sequence: number, order: Sized | undefined): void {
    const { terms, deadline, intent, subject, whenSilent } = question;
    need(whenSilent !== 'enter', 'silence is never new risk');
    if (subject === 'entry') need(order !== undefined && terms === termsOf(order, intent, deadline), `${sequence} shows the exact order`);
    this.questions.set(sequence, { terms, deadline, intent, subject, whenSilent, settled: false });
    this.#seen.add(`asked: ${subject}`);
  }

  settle({ question, settlement, choice }: EventOf<'question_settled'>, at: number, answer: Event | undefined, settings: Settings): Asked {
    const asked = this.questions.get(question);
    need(asked !== undefined && !asked.settled, `${question} is asked once and settled once`);
    if (asked === undefined) throw new Error();
    asked.settled = true;
    this.#seen.add(`settled: ${asked.subject} ${settlement} ${choice}`);
    if (settlement === 'answered') this.#needAnswer(question, asked, { at, answer, settings, choice });
    else need(choice === asked.whenSilent, `${question} is ${settlement} with ${choice}`);
    if (choice === 'enter') {
      need(!this.#consent.has(asked.intent), 'one answer, one entry');
      this.#consent.set(asked.intent, question);
    }
    return asked;
  }

  /** Uses up the answer that a person gave for this intent. */
  consume(intent: number): boolean {
    return this.#consent.delete(intent);
  }

  /** A question ends by its deadline, and with its session. */
  needNoneStale(now: number): void {
    for (const [question, { settled, deadline }] of this.questions)
      need(settled || deadline > now, `question ${question} of ${deadline} is still open at ${now}`);
  }

  waits({ name, after }: EventOf<'parameter_pending'>, sequence: number): void {
    this.pending.set(sequence, { name, after });
    this.#seen.add('a looser value waits');
  }

  confirmed({ change, from, by, because }: EventOf<'parameter_confirmed'>, { operators }: Settings['session']): void {
    const pending = this.pending.get(change);
    const counts = from === 'person' && because.trim() !== '' && (operators.length === 0 || operators.includes(by));
    if (counts && pending !== undefined) this.#wanted.add(`${pending.name} ${pending.after}`);
  }

  /** Whoever asks may make a rule tighter; a looser one takes a person who confirms it, and the next session. Nobody passes a ceiling. */
  changed({ settings, name, after }: EventOf<'parameters_changed'>, { kind: why }: Event, before: Settings): void {
    const looser = loosened(before, settings);
    if (looser.length === 0) need(why === 'parameter_requested' || why === 'session_opened', 'a change was asked for');
    else need(why === 'session_opened' && this.#wanted.has(`${name} ${after}`), `${why} loosened ${looser.join(' ')} by ${name}`);
    const beyond = beyondCeilings(before, settings);
    need(beyond.length === 0, `${beyond.join(' ')} passes its ceiling`);
    this.#seen.add(looser.length > 0 ? 'loosened by a person' : 'tightened');
  }

  #needAnswer(question: number, asked: Asked, given: { at: number; answer: Event | undefined; settings: Settings; choice: string }): void {
    const { at, answer, settings, choice } = given;
    if (answer?.kind !== 'answer_given') return need(false, `${question} is answered by ${answer?.kind}`);
    const { operators } = settings.session;
    need(answer.question === question && answer.terms === asked.terms && answer.choice === choice, 'the answer is to these terms');
    need(at < asked.deadline, `an answer at ${at} is late for ${asked.deadline}`);
    need(answer.from === 'person' && (operators.length === 0 || operators.includes(answer.by)), `${answer.by} may not answer`);
  }
}

/** SHA-256 of the terms as JSON with its names in order, by Node's own. */
function termsOf({ symbol, side, shares, limit, stop, target }: Sized, intent: number, validUntil: number): string {
  const terms = { intent, limit, shares, side, stop, subject: 'entry', target, ticker: symbol, validUntil };
  return createHash('sha256').update(JSON.stringify(terms)).digest('hex');
}

export const isSame = (a: Sized, b: Sized): boolean =>
  a.symbol === b.symbol && a.side === b.side && a.shares === b.shares && a.limit === b.limit && a.stop === b.stop && a.target === b.target;
