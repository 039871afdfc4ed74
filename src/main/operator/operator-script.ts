import { readFileSync } from 'node:fs';
import { patternKinds } from '#domain/patterns/setup';
import { type Choice, choices, type QuestionSubject, questionSubjects, type ReasonCode, reasonCodes } from '#domain/session/question';
import { fail, ok, type Result } from '#domain/values/result';

/** Which questions a rule answers; what is left out does not matter. `nth` counts those that the rest fits, from 1. */
export type ScriptWhen = {
  readonly subject?: QuestionSubject;
  readonly symbol?: string;
  readonly pattern?: string;
  readonly nth?: number;
};

/** What is answered, and how: late, twice, by somebody else, or to terms that were never shown. */
export type ScriptRule = {
  readonly when: ScriptWhen;
  readonly answer: Choice | 'recommended' | 'silence';
  readonly afterSeconds: number;
  readonly because: string;
  readonly code: ReasonCode | null;
  /** How often it is said again. */
  readonly repeat: number;
  readonly tamper: boolean;
  readonly as: string;
  readonly from: 'person' | 'program';
};

export type ScriptProblem = { readonly kind: 'unfit_script'; readonly file: string; readonly place: string; readonly reason: string };

const answers: readonly ScriptRule['answer'][] = ['recommended', 'silence', ...choices];

/** Reads a script: docs/reference/operator-script.md. What it does not know it refuses, with the place. */
export function readOperatorScript(file: string): Result<readonly ScriptRule[], ScriptProblem> {
  try {
    return ok(scriptOf(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (error instanceof Unfit) return fail({ kind: 'unfit_script', file, place: error.place, reason: error.message });
    if (error instanceof SyntaxError)
      return fail({ kind: 'unfit_script', file, place: 'the file', reason: `is no JSON: ${error.message}` });
    if (error instanceof Error && 'code' in error)
      return fail({ kind: 'unfit_script', file, place: 'the file', reason: `cannot be read (${error.code})` });
    throw error;
  }
}

/** Thrown and caught within this file: a deep place is told without a result at each step. */
class Unfit extends Error {
  readonly place: string;

  constructor(place: string, reason: string) {
    super(reason);
    this.name = 'Unfit';
    this.place = place;
  }
}

function scriptOf(value: unknown): readonly ScriptRule[] {
  const { rules } = membersOf('the file', value, ['rules']);
  if (!Array.isArray(rules)) throw new Unfit('rules', 'must be a list');
  return rules.map((rule, place) => ruleOf(`rules[${place}]`, rule));
}

function ruleOf(place: string, value: unknown): ScriptRule {
  const rule = membersOf(place, value, ['when', 'answer', 'afterSeconds', 'because', 'code', 'repeat', 'tamper', 'as', 'from']);
  const answer = wordOf(`${place}.answer`, rule['answer'], answers);
  if (answer === undefined) throw new Unfit(`${place}.answer`, `is missing; it is one of ${answers.join(', ')}`);
  return {
    when: whenOf(`${place}.when`, rule['when'] ?? {}),
    answer,
    afterSeconds: numberOf(`${place}.afterSeconds`, rule['afterSeconds'], /^\d{1,6}(\.\d{1,3})?$/) ?? 60,
    because: textOf(`${place}.because`, rule['because']) ?? '',
    code: wordOf(`${place}.code`, rule['code'], reasonCodes) ?? null,
    repeat: numberOf(`${place}.repeat`, rule['repeat'], /^\d{1,3}$/) ?? 0,
    tamper: truthOf(`${place}.tamper`, rule['tamper']),
    as: textOf(`${place}.as`, rule['as']) ?? 'operator',
    from: wordOf(`${place}.from`, rule['from'], ['person', 'program'] as const) ?? 'person',
  };
}

function whenOf(place: string, value: unknown): ScriptWhen {
  const when = membersOf(place, value, ['subject', 'symbol', 'pattern', 'nth']);
  const subject = wordOf(`${place}.subject`, when['subject'], questionSubjects);
  const symbol = textOf(`${place}.symbol`, when['symbol']);
  const pattern = wordOf(`${place}.pattern`, when['pattern'], patternKinds);
  const nth = numberOf(`${place}.nth`, when['nth'], /^[1-9]\d{0,5}$/);
  return {
    ...(subject !== undefined && { subject }),
    ...(symbol !== undefined && { symbol }),
    ...(pattern !== undefined && { pattern }),
    ...(nth !== undefined && { nth }),
  };
}

function membersOf(place: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unfit(place, 'must be an object');
  const odd = Object.keys(value).find((name) => !known.includes(name));
  if (odd !== undefined) throw new Unfit(`${place === 'the file' ? '' : `${place}.`}${odd}`, `is not known; known are ${known.join(', ')}`);
  return { ...value };
}

function wordOf<Word extends string>(place: string, value: unknown, words: readonly Word[]): Word | undefined {
  if (value === undefined) return undefined;
  const word = words.find((each) => each === value);
  if (word === undefined) throw new Unfit(place, `must be one of ${words.join(', ')}`);
  return word;
}

function textOf(place: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw new Unfit(place, 'must be a text');
}

function numberOf(place: string, value: unknown, shape: RegExp): number | undefined {
  if (value === undefined || (typeof value === 'number' && shape.test(String(value)))) return value;
  throw new Unfit(place, 'is no number that can stand here');
}

function truthOf(place: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value !== 'boolean') throw new Unfit(place, 'must be true or false');
  return value;
}
