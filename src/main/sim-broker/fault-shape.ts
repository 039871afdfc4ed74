import type { Instant } from '#domain/values/instant';
import { fieldIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { FaultRule, OrderEffect, RequestEffect, StreamEffect } from '#simulation/broker/fault-rule';
import type { DataEffect, DataFault } from '#simulation/broker-market/data-fault';

/** Faults come as JSON, from a file or by the admin port; what has another shape is refused with a sentence. */
export type AnyFault = FaultRule | DataFault;
/** Why it is no rule. */
export type NotAFault = { readonly kind: 'not_a_fault'; readonly said: string };

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const whole: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const yesOrNo: Check = (value) => typeof value === 'boolean';
const anything: Check = () => true;
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const drops = { how: oneOf('silence', 'reset') };

const requestEffects: Readonly<Record<RequestEffect['kind'], Shape>> = {
  drop_before: drops,
  drop_after: drops,
  delay: { ms: whole },
  truncate: { bytes: whole },
  corrupt_json: {},
  empty_object: {},
  html: { status: whole },
  answer: { when: oneOf('before', 'after'), status: whole, code: whole, message: text },
  rate_limited: { headers: oneOf('right', 'none', 'wrong') },
  stale: { ms: whole },
  short_list: { rows: whole },
  set_field: { field: text, value: anything },
  remove_field: { field: text },
};

const eventEffects: Readonly<Record<StreamEffect['kind'], Shape>> = {
  lose: {},
  duplicate: { copies: whole },
  delay: { ms: whole },
  reorder: { window: whole },
  mute: { ms: whole, pings: yesOrNo },
  reset: { code: whole },
  set_field: { field: text, value: anything },
  remove_field: { field: text },
  corrupt_json: {},
};

const dataEffects: Readonly<Record<DataEffect['kind'], Shape>> = {
  mute: { pings: yesOrNo },
  lag: { ms: whole },
  refuse_handshake: { status: whole },
  stream_error: { code: whole, ends: yesOrNo },
  answer: { path: text, status: whole, body: text },
  silence: { path: text },
  reset: { path: text },
};

const orderEffects: Readonly<Record<OrderEffect, Check>> = {
  legs_ignored: anything,
  leg_rejected: anything,
  rejected_later: anything,
  cancel_stuck: anything,
  fill_over_cancel: anything,
  both_legs_fill: anything,
  stop_by_replacement: anything,
  target_deadlock: anything,
  leg_ignored: anything,
  client_id_lost: anything,
  replace_stuck: anything,
  part_first: anything,
};

const roles = oneOf('entry', 'stop', 'target', 'exit');
const occurrences: Shape = { nth: whole, times: whole, from: whole, until: whole };
const about: Shape = { ticker: text, role: roles };

/** What each sort of rule may say besides its name, and what it must say. */
const sorts: Readonly<Record<string, { readonly may: Shape; readonly must: Shape }>> = {
  request: {
    may: { ...occurrences, ...about, method: oneOf('GET', 'POST', 'PATCH', 'DELETE'), path: text },
    must: { effect: effectOf(requestEffects) },
  },
  event: { may: { ...occurrences, ...about, event: text }, must: { effect: effectOf(eventEffects) } },
  order: { may: { ...occurrences, ...about }, must: { effect: oneOf(...Object.keys(orderEffects)) } },
  handshake: { may: occurrences, must: { status: whole } },
  standing: { may: occurrences, must: { effect: oneOf('keys_expired', 'ids_not_unique') } },
  data: { may: { times: whole }, must: { effect: effectOf(dataEffects) } },
};

function effectOf(effects: Readonly<Record<string, Shape>>): Check {
  return (value) => {
    const kind = fieldIn(value, 'kind');
    const shape = typeof kind === 'string' && Object.hasOwn(effects, kind) ? effects[kind] : undefined;
    return shape !== undefined && Object.entries(shape).every(([name, fits]) => fits(fieldIn(value, name)));
  };
}

/** Every word for what goes wrong. The compiler holds these tables to the broker's own. */
export const effectWords: readonly string[] = [requestEffects, eventEffects, dataEffects, orderEffects].flatMap((table) =>
  Object.keys(table),
);

/** A rule out of JSON. Instants are RFC 3339 texts there, as everywhere in the admin API. */
export function faultIn(raw: unknown): Result<AnyFault, NotAFault> {
  const said = withInstants(raw);
  const why = whyNot(said);
  if (why !== null || !isFault(said)) return fail({ kind: 'not_a_fault', said: why ?? 'not a rule' });
  return ok(said);
}

/** A list of rules; the first that is none is told with its place. */
export function faultsIn(raw: unknown): Result<readonly AnyFault[], NotAFault> {
  if (!Array.isArray(raw)) return fail({ kind: 'not_a_fault', said: 'expected a list of rules' });
  const faults: AnyFault[] = [];
  for (const [place, each] of raw.entries()) {
    const fault = faultIn(each);
    if (!fault.ok) return fail({ kind: 'not_a_fault', said: `rule ${place + 1}: ${fault.problem.said}` });
    faults.push(fault.value);
  }
  return ok(faults);
}

/** Whether it is of the market data; all others are of the broker. */
export const isDataFault = (fault: AnyFault): fault is DataFault => fault.on === 'data';

const isFault = (said: unknown): said is AnyFault => whyNot(said) === null;

function whyNot(said: unknown): string | null {
  if (typeof said !== 'object' || said === null) return 'expected an object';
  const { name, on } = { name: fieldIn(said, 'name'), on: fieldIn(said, 'on') };
  if (typeof name !== 'string' || name === '') return 'expected a "name"';
  const sort = typeof on === 'string' && Object.hasOwn(sorts, on) ? sorts[on] : undefined;
  if (sort === undefined) return `expected "on" to be one of ${Object.keys(sorts).join(', ')}`;
  for (const [field, fits] of Object.entries(sort.must))
    if (!fits(fieldIn(said, field))) return `"${field}" is none that "${String(on)}" has`;
  for (const [field, value] of Object.entries(said)) {
    if (field === 'name' || field === 'on' || Object.hasOwn(sort.must, field)) continue;
    const fits = sort.may[field];
    if (fits === undefined) return `"${field}" is not known of "${String(on)}"`;
    if (!fits(value)) return `"${field}" is of another kind`;
  }
  return null;
}

function withInstants(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, name === 'from' || name === 'until' ? instantOf(value) : value]),
  );
}

const instantOf = (value: unknown): Instant | unknown => (typeof value === 'string' ? (parseRfc3339(value) ?? value) : value);
