import type { Entry, EventOf } from '#domain/events/event';
import { type Instant, instant } from '#domain/values/instant';
import type { Asked, Operator } from '#engine/ports/operator';
import { SymbolTable } from '#main/day/symbol-table';
import type { ScriptRule, ScriptWhen } from '#main/operator/operator-script';

/** Answers as a script says, the first rule that fits a question; the same day brings the same answers. */
export class ScriptOperator implements Operator {
  readonly #rules: readonly ScriptRule[];
  readonly #symbols = new SymbolTable();
  readonly #patternOf = new Map<number, string>();
  /** How many questions have met all that a rule asks for but their count. */
  readonly #met = new Map<ScriptRule, number>();
  #waiting: readonly Asked[] = [];

  constructor(rules: readonly ScriptRule[]) {
    this.#rules = rules;
  }

  see({ sequence, at, event }: Entry): void {
    if (event.kind === 'session_opened') this.#symbols.list(event.listed);
    if (event.kind === 'intent_formed') this.#patternOf.set(sequence, event.intent.pattern);
    if (event.kind === 'question_asked') this.#answer(sequence, at, event);
  }

  next(before: Instant): Asked | null {
    const [first, ...others] = this.#waiting;
    if (first === undefined || first.at >= before) return null;
    this.#waiting = others;
    return first;
  }

  #answer(sequence: number, asked: Instant, { question }: EventOf<'question_asked'>): void {
    const rule = this.#ruleFor(question);
    if (rule === undefined || rule.answer === 'silence') return;
    const { as: by, from, because, code } = rule;
    const choice = rule.answer === 'recommended' ? question.recommended : rule.answer;
    const terms = rule.tamper ? question.terms.replace(/.$/, (last) => (last === '0' ? '1' : '0')) : question.terms;
    const at = instant(asked + Math.round(rule.afterSeconds * 1000));
    const request = { kind: 'answer_question', by, from, question: sequence, terms, choice, because, code } as const;
    // A double click takes a moment; two requests that are one to the millisecond could not be told apart after a restart.
    const said = Array.from({ length: rule.repeat + 1 }, (_, times): Asked => ({ at: instant(at + times), request }));
    this.#waiting = [...this.#waiting, ...said].sort((a, b) => a.at - b.at);
  }

  /** Every rule counts for itself, also behind one that answers: the third of a name is the third, whoever answered the others. */
  #ruleFor(question: EventOf<'question_asked'>['question']): ScriptRule | undefined {
    const met = this.#rules.filter(({ when }) => this.#meets(when, question));
    for (const rule of met) this.#met.set(rule, (this.#met.get(rule) ?? 0) + 1);
    return met.find((rule) => rule.when.nth === undefined || rule.when.nth === this.#met.get(rule));
  }

  #meets({ subject, symbol, pattern }: ScriptWhen, question: EventOf<'question_asked'>['question']): boolean {
    const name = question.symbol === null ? null : this.#symbols.nameOf(question.symbol);
    return (
      (subject === undefined || subject === question.subject) &&
      (symbol === undefined || symbol === name) &&
      (pattern === undefined || pattern === this.#patternOf.get(question.intent))
    );
  }
}
