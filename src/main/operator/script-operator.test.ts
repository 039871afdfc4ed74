import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Answer } from '#domain/events/request';
import type { Question, QuestionSubject } from '#domain/session/question';
import { defaultSettings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { symbolIndex } from '#domain/values/symbol';
import type { ScriptRule } from '#main/operator/operator-script';
import { ScriptOperator } from '#main/operator/script-operator';
import { at, intentOf, opened } from '#tests/one-service';
import { scriptRule } from '#tests/script-rule';

const question = (subject: QuestionSubject, symbol: number | null): Question => ({
  subject,
  intent: 2,
  symbol: symbol === null ? null : symbolIndex(symbol),
  shares: 1,
  price: 1 as Price,
  terms: 'abc0',
  deadline: at('10:05'),
  options: [{ choice: 'enter', cash: cash(0), risk: cash(0), atStop: null, atTarget: null }],
  recommended: 'enter',
  whenSilent: 'decline',
});

/** What is said to questions about these names, each a second after the one before; entries are numbered from 3. */
function said(
  rules: readonly ScriptRule[],
  ...about: readonly (readonly [QuestionSubject, number | null])[]
): readonly (readonly [ms: number, Partial<Answer>])[] {
  const operator = new ScriptOperator(rules);
  const see = (event: Event, sequence: number, ms: number): void =>
    operator.see({ sequence, at: instant(at('10:00') + ms), cause: 0, event });
  see(opened(3), 1, 0);
  see({ kind: 'intent_formed', intent: intentOf(1) }, 2, 0);
  for (const [place, [subject, symbol]] of about.entries())
    see({ kind: 'question_asked', question: question(subject, symbol), stamp: firstStamp(defaultSettings) }, 3 + place, 1000 * place);
  const all: (readonly [number, Partial<Answer>])[] = [];
  for (let next = operator.next(at('16:00')); next !== null; next = operator.next(at('16:00'))) {
    if (next.request.kind === 'answer_question') all.push([next.at - at('10:00'), next.request]);
  }
  return all;
}

test('an answer names the question, its terms and who gives it, and comes when the script says', () => {
  expect(said([scriptRule({ afterSeconds: 0.25, because: 'why not', code: 'conviction' })], ['entry', 1])).toEqual([
    [
      250,
      {
        kind: 'answer_question',
        by: 'ann',
        from: 'person',
        question: 3,
        terms: 'abc0',
        choice: 'enter',
        because: 'why not',
        code: 'conviction',
      },
    ],
  ]);
});

const entry = ['entry', 1] as const;
test.each<
  readonly [
    what: string,
    rules: readonly ScriptRule[],
    about: readonly (readonly [QuestionSubject, number | null])[],
    answered: readonly number[],
  ]
>([
  ['the first rule that fits', [scriptRule({ answer: 'silence' }), scriptRule({})], [entry], []],
  ['a rule for a subject', [scriptRule({ when: { subject: 'time_stop' } })], [entry, ['time_stop', 1]], [4]],
  ['a rule for a name', [scriptRule({ when: { symbol: 'S2' } })], [entry, ['entry', 2], ['loss_warning', null]], [4]],
  ['a rule for a pattern', [scriptRule({ when: { pattern: 'bull_flag' } })], [entry], [3]],
  ['a rule for another pattern', [scriptRule({ when: { pattern: 'abcd' } })], [entry], []],
  ['the second of its kind', [scriptRule({ when: { nth: 2 } })], [entry, entry, entry], [4]],
  ['the second of a name', [scriptRule({ when: { symbol: 'S1', nth: 2 } })], [['entry', 2], entry, entry], [5]],
  ['all are counted, whichever rule answers', [scriptRule({ when: { nth: 1 } }), scriptRule({ when: { nth: 2 } })], [entry, entry], [3, 4]],
  ['nobody, when no rule fits', [], [entry], []],
])('%s answers', (_, rules, about, answered) => {
  expect(said(rules, ...about).map(([, { question: number }]) => number)).toEqual(answered);
});

test('it can be said again, and to other terms', () => {
  expect(said([scriptRule({ repeat: 2 })], entry).map(([ms]) => ms)).toEqual([60_000, 60_001, 60_002]);
  expect(said([scriptRule({ tamper: true })], entry)).toMatchObject([[60_000, { terms: 'abc1' }]]);
});

test('answers come in order of time, whichever question was first', () => {
  const rules = [scriptRule({ when: { nth: 1 }, afterSeconds: 90 }), scriptRule({ afterSeconds: 10 })];
  expect(said(rules, entry, entry).map(([ms, { question: number }]) => [ms, number])).toEqual([
    [11_000, 4],
    [90_000, 3],
  ]);
});

test('nothing is said before its instant', () => {
  const operator = new ScriptOperator([scriptRule({})]);
  operator.see({ sequence: 1, at: at('09:30'), cause: 0, event: opened(3) });
  const asked = { kind: 'question_asked', question: question('entry', 1), stamp: firstStamp(defaultSettings) } as const;
  operator.see({ sequence: 3, at: at('10:00'), cause: 0, event: asked });
  expect(operator.next(at('10:01'))).toBeNull();
  expect(operator.next(instant(at('10:01') + 1))?.at).toBe(at('10:01'));
  expect(operator.next(at('16:00'))).toBeNull();
});
