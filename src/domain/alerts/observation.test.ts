import { expect, test } from 'vitest';
import { defaultWatch } from '#domain/alerts/alert-settings';
import { type Observation, Observed } from '#domain/alerts/observation';
import { observationOf } from '#domain/alerts/observation-text';
import { instant } from '#domain/values/instant';

const second = (count: number) => instant(count * 1_000);
const calm = { held: 0, inSession: false };
const holding = { held: 2, inSession: true };

/** What is told of observations, one a second. */
function told(seen: readonly Observation[], run = calm): readonly string[] {
  const observed = new Observed(defaultWatch, 3);
  return seen.flatMap((each, at) => observed.see(each, second(at), run).map(({ kind }) => `${at} ${kind}`));
}

const process = (pid: number | null, hasEnded = false): Observation => ({ kind: 'process_seen', pid, hasEnded });
const database = (reachable: boolean): Observation => ({ kind: 'database_seen', reachable, detail: 'ECONNREFUSED' });
const times = <Value>(count: number, value: Value): readonly Value[] => Array.from({ length: count }, () => value);

test('a run that is gone for half a minute is told, and that it is back', () => {
  expect(told([process(1), ...times(60, process(null)), process(2)], holding)).toEqual(['30 service_down', '61 service_back']);
});

test('a run that is started again within half a minute was restarted, and that is told once', () => {
  expect(told([process(1), ...times(10, process(null)), process(2), process(2)], holding)).toEqual(['11 service_restarted']);
});

test('nobody is missed who was never there while nothing is held', () => expect(told(times(90, process(null)))).toEqual([]));

test('a run that somebody has ended out of hours, with nothing held, is not missed; one that was killed is', () => {
  expect(told([process(1), ...times(60, process(null, true))])).toEqual([]);
  expect(told([process(1), ...times(60, process(null))])).toEqual(['30 service_down']);
  expect(told([process(1), ...times(60, process(null, true))], holding)).toEqual(['30 service_down']);
});

test('a run that nobody has seen is missed when the journal holds something', () => {
  expect(told(times(90, process(null)), holding)).toEqual(['30 service_down']);
});

test('a database is lost after three misses in a row, and back with the first answer', () => {
  expect(told([true, false, false, true, false, false, false, false, true].map(database))).toEqual(['6 database_lost', '8 database_back']);
});

test('a rate limit is near from four fifths on, and told anew only after it was calm', () => {
  const used = (count: number): Observation => ({ kind: 'rate_seen', service: 'alpaca', used: count, limit: 200 });
  expect(told([100, 159, 160, 190, 130, 170, 110, 161].map(used))).toEqual(['2 rate_limit_near', '7 rate_limit_near']);
});

test('a run that ended while a limit was near takes nothing from the next one', () => {
  const used = (count: number): Observation => ({ kind: 'rate_seen', service: 'alpaca', used: count, limit: 200 });
  expect(told([process(1), used(170), process(2), used(190)])).toEqual(['1 rate_limit_near', '3 rate_limit_near']);
});

test('a disk is low below its bound, and told anew only after there was some room more', () => {
  const free = (megabytes: number): Observation => ({ kind: 'disk_seen', folder: '/x', freeBytes: megabytes * 1e6 });
  expect(told([900, 499, 400, 520, 480, 700, 499].map(free))).toEqual(['1 disk_low', '6 disk_low']);
});

test('a ping that misses three times is told once', () => {
  expect(told([false, false, true, false, false, false, false].map((reached) => ({ kind: 'ping_seen', reached, why: 'timeout' })))).toEqual(
    ['5 outside_ping_failing'],
  );
});

test('M4: a journal that cannot be read, or a run that is gone, is a trouble that withholds the ping', () => {
  const observed = new Observed(defaultWatch, 3);
  expect(observed.troubles).toEqual([]);
  observed.see({ kind: 'journal_seen', readable: false, what: 'corrupt' }, second(0), calm);
  observed.see(process(1), second(0), holding);
  observed.see(process(null), second(40), holding);
  expect(observed.troubles).toEqual(['nobody writes the journal', 'the journal cannot be read']);
});

const texts: readonly [json: unknown, observation: Observation | null][] = [
  [
    { kind: 'rate_seen', service: 'alpaca', used: 1, limit: 2 },
    { kind: 'rate_seen', service: 'alpaca', used: 1, limit: 2 },
  ],
  [{ kind: 'rate_seen', service: 'alpaca', used: 1, limit: 0 }, null],
  [{ kind: 'rate_seen', service: '', used: 1, limit: 2 }, null],
  [{ kind: 'database_seen', reachable: 'yes' }, null],
  [
    { kind: 'database_seen', reachable: false, detail: 'a\r\nb' },
    { kind: 'database_seen', reachable: false, detail: 'a b' },
  ],
  [
    { kind: 'projection_seen', entries: 3, behindMs: 4 },
    { kind: 'projection_seen', entries: 3, behindMs: 4 },
  ],
  [{ kind: 'projection_seen', entries: -3, behindMs: 4 }, null],
  [
    { kind: 'disk_seen', folder: '/x', freeBytes: 5 },
    { kind: 'disk_seen', folder: '/x', freeBytes: 5 },
  ],
  [{ kind: 'process_seen', pid: null }, null],
  [{ kind: 'ping_seen', reached: false }, null],
  ['rate_seen', null],
  [null, null],
];
for (const [json, observation] of texts)
  test(`what a script tells is taken as it is or not at all: ${JSON.stringify(json)}`, () =>
    expect(observationOf(json)).toEqual(observation));
