import { faultOfValue } from '#domain/parameters/judge-value';
import type { Parameter, ParameterValue } from '#domain/parameters/parameter';
import { formatE4, parseE4 } from '#domain/values/decimal';

const TEXT_MAX = 20_000;
const number = /^-?(0|[1-9]\d{0,20})(\.\d{1,20})?$/;
const text = String.raw`"[^"\\\u0000-\u001f]*"`;
const scalar = new RegExp(`^(true|false|${text})$`);
const list = new RegExp(String.raw`^\[(${text}(,${text})*)?\]$`);

/**
 * The value of a JSON text that may stand in the settings: a plain number, a word, true, false or a list of words.
 * Undefined for all else. Checked by its form first, since a pure layer has nothing to catch a parser's error with.
 */
export function parsedValue(json: string): ParameterValue | undefined {
  if (json.length > TEXT_MAX) return undefined;
  return number.test(json) || scalar.test(json) || list.test(json) ? (JSON.parse(json) as ParameterValue) : undefined;
}

/** As people write it, in a file or on the command line: dollars with no more digits than they need. */
export function spokenOf({ kind }: Parameter, value: ParameterValue): ParameterValue {
  return kind.is === 'dollars' ? Number(value) / 10_000 : value;
}

/** As a person reads it in a line. */
export function spokenText(parameter: Parameter, value: ParameterValue): string {
  if (parameter.kind.is === 'dollars')
    return `$${formatE4(Number(value))
      .replace(/(\.\d\d)00$/, '$1')
      .replace(/\.00$/, '')}`;
  return typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
}

export type Spoken =
  | { readonly ok: true; readonly value: ParameterValue }
  | { readonly ok: false; readonly problem: { readonly kind: 'bad_value'; readonly expected: string } };

/** What a person wrote, in the settings' own units; dollars have four decimals at most. */
export function settingOf(parameter: Parameter, spoken: unknown): Spoken {
  const value = parameter.kind.is === 'dollars' ? e4Of(spoken) : spoken;
  const expected = faultOfValue(parameter, value);
  if (expected !== null) return { ok: false, problem: { kind: 'bad_value', expected } };
  return { ok: true, value: value as ParameterValue };
}

function e4Of(spoken: unknown): number | null {
  const e4 = parseE4(String(spoken));
  return e4 !== null && e4 / 10_000 === spoken ? e4 : null;
}

/** The same for a word of the command line: lists have commas, and '' is the empty one. */
export function settingOfText(parameter: Parameter, word: string): Spoken {
  const { kind } = parameter;
  if (kind.is === 'names')
    return settingOf(
      parameter,
      word.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
    );
  return settingOf(parameter, kind.is === 'word' ? word : parsedValue(word));
}
