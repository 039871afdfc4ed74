import type { Request } from '#domain/events/request';
import { stopLevels } from '#domain/risk/stop-level';
import { choices, reasonCodes } from '#domain/session/question';
import { canonicalJson } from '#domain/values/canonical-json';
import { fail, ok, type Result } from '#domain/values/result';
import { parsed } from '#engine/ports/json-text';

/** No request needs more; a list of a thousand tickers is the longest. */
export const REQUEST_BYTES_MAX = 16_384;

/** The longest name and the longest reason of whoever asks, in characters. */
export const BY_MAX = 80;
export const BECAUSE_MAX = 1_000;

export type BadRequest = { readonly kind: 'bad_request'; readonly what: string };

type Check = (value: unknown) => boolean;

const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most && !hasControls(value);
const named: Check = (value) => text(BY_MAX)(value) && String(value).trim() !== '';
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const hasControls = (value: string): boolean => /\p{Cc}/u.test(value);

const asked: Readonly<Record<string, Check>> = { by: named, from: oneOf(['person', 'program']), because: text(BECAUSE_MAX) };
const code = orNull(oneOf(reasonCodes));

/** Each kind of request with exactly the members that it has. */
const shapes: Readonly<Record<Request['kind'], Readonly<Record<string, Check>>>> = {
  stop_trading: { ...asked, level: oneOf(stopLevels) },
  clear_stop: asked,
  change_parameter: { ...asked, name: text(80), value: text(REQUEST_BYTES_MAX) },
  confirm_parameter: { ...asked, change: count },
  answer_question: {
    ...asked,
    question: count,
    terms: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
    choice: oneOf(choices),
    code,
  },
  close_position: { ...asked, symbol: count, code },
};

/** A request from a text that anybody may have written: all its members, as they should be, and no others. */
export function parseRequest(source: string): Result<Request, BadRequest> {
  if (Buffer.byteLength(source) > REQUEST_BYTES_MAX) return bad(`more than ${REQUEST_BYTES_MAX} bytes`);
  const value = parsed(source);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad('no JSON object');
  const { kind, ...members } = value as Readonly<Record<string, unknown>>;
  const shape = Object.entries(shapes).find(([name]) => name === kind)?.[1];
  if (shape === undefined) return bad('no kind of request that there is');
  const missing = Object.keys(shape).find((name) => !Object.hasOwn(members, name));
  if (missing !== undefined) return bad(`no ${missing}`);
  const wrong = Object.entries(members).find(([name, member]) => !Object.hasOwn(shape, name) || shape[name]?.(member) !== true);
  return wrong === undefined ? ok(value as Request) : bad(`${wrong[0].slice(0, 40)} is not as it should be`);
}

/** The text of a request, the same for the same request. */
export const requestText = (request: Request): string => canonicalJson(request);

const bad = (what: string): Result<never, BadRequest> => fail({ kind: 'bad_request', what });
