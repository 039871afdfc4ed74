import type { Parameter, ParameterValue, ValueKind } from '#domain/parameters/parameter';
import { unreachable } from '#domain/values/assert';

/** What is expected of a value, for people; null when it is as expected. `value` is in the settings' own units. */
export function faultOfValue({ kind }: Parameter, value: unknown): string | null {
  return fits(kind, value) ? null : expectedOf(kind);
}

/** What may stand there, in the words and units of people. */
export function expectedOf(kind: ValueKind): string {
  switch (kind.is) {
    case 'dollars':
      return `dollars from ${dollarsText(kind.least)} to ${dollarsText(kind.most)}`;
    case 'fraction':
      return `a fraction from ${kind.least} to ${kind.most} (0.05 is 5 %)`;
    case 'number':
      return `a number from ${kind.least} to ${kind.most}`;
    case 'whole':
      return `a whole number from ${kind.least} to ${kind.most}`;
    case 'word':
      return `one of ${kind.words.join(', ')}`;
    case 'switch':
      return 'true or false';
    case 'names':
      return kind.of === 'tickers' ? 'a list of tickers such as [AAPL, BRK.B]' : 'a list of names such as [ada, "Grace H."]';
    default:
      return unreachable(kind);
  }
}

const dollarsText = (e4: number): string => String(e4 / 10_000);

function fits(kind: ValueKind, value: unknown): boolean {
  switch (kind.is) {
    case 'dollars':
    case 'whole':
      return Number.isSafeInteger(value) && within(kind, value);
    case 'fraction':
    case 'number':
      return within(kind, value);
    case 'word':
      return typeof value === 'string' && kind.words.includes(value);
    case 'switch':
      return typeof value === 'boolean';
    case 'names':
      return isNames(value, kind.of === 'tickers' ? ticker : person);
    default:
      return unreachable(kind);
  }
}

const within = ({ least, most }: { readonly least: number; readonly most: number }, value: unknown): boolean =>
  typeof value === 'number' && value >= least && value <= most;

const NAMES_MAX = 1_000;
const ticker = /^[A-Z0-9][A-Z0-9.-]{0,9}$/;
const person = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,39}$/u;

const isNames = (value: unknown, form: RegExp): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= NAMES_MAX &&
  value.every((name) => typeof name === 'string' && form.test(name)) &&
  new Set(value).size === value.length;

/** Whether `after` is tighter than `before`; the two differ. */
export function isTighter({ kind, tighter }: Parameter, before: ParameterValue, after: ParameterValue): boolean {
  switch (tighter) {
    case 'lower':
      return after < before;
    case 'higher':
      return after > before;
    case 'lower_but_zero_is_off':
      return after !== 0 && (before === 0 || after < before);
    case 'earlier_word':
      return kind.is === 'word' && kind.words.indexOf(String(after)) < kind.words.indexOf(String(before));
    case 'off':
      return after === false;
    case 'more_names':
      return namesIn(before).every((name) => namesIn(after).includes(name));
    case 'fewer_names_but_none_is_all':
      return namesIn(after).length > 0 && (namesIn(before).length === 0 || namesIn(after).every((name) => namesIn(before).includes(name)));
    case 'unordered':
      return false;
    default:
      return unreachable(tighter);
  }
}

const namesIn = (value: ParameterValue): readonly string[] => (typeof value === 'object' ? value : []);
