import { expect, test } from 'vitest';
import { defaultWatch } from '#domain/alerts/alert-settings';
import { type Observation, Observed } from '#domain/alerts/observation';
import type { ProjectorSaid } from '#domain/alerts/projection-watch';
import { instant } from '#domain/values/instant';

const second = (count: number) => instant(count * 1_000);
const calm = { held: 0, inSession: false };

type Word = Partial<ProjectorSaid> | 'nothing new';

/** What is told of a writer that says so each second; of "nothing new" the file is as it was. */
function told(words: readonly Word[]): readonly string[] {
  const observed = new Observed(defaultWatch, 3);
  let said: ProjectorSaid = { at: second(0), pid: 7, isThere: true, why: '', entries: 0, behindMs: 0, hasEnded: false };
  return words.flatMap((word, now) => {
    if (word !== 'nothing new') said = { ...said, at: second(now), ...word };
    const observation: Observation = { kind: 'projector_seen', ...said };
    return observed.see(observation, second(now), calm).map(({ kind }) => `${now} ${kind}`);
  });
}

const times = <Value>(count: number, value: Value): readonly Value[] => Array.from({ length: count }, () => value);
const away = { isThere: false, why: 'ECONNREFUSED' };

test('a database that its writer has missed for a minute is lost, and it is told when it is back', () => {
  expect(told([{}, ...times(70, away), { isThere: true }, {}])).toEqual(['61 database_lost', '71 database_back']);
});

test("one that is started again within the minute is nobody's concern", () => {
  expect(told([...times(59, away), { isThere: true }, ...times(59, away), { isThere: true }])).toEqual([]);
});

test('a lag that lasts a minute is told once, and when it has halved; one that is caught up sooner is not', () => {
  expect(told([...times(59, { entries: 20_000 }), { entries: 0 }])).toEqual([]);
  expect(told([...times(70, { entries: 20_000 }), { entries: 9_000 }, { entries: 4_999 }])).toEqual([
    '60 projection_behind',
    '71 projection_caught_up',
  ]);
  expect(told(times(61, { behindMs: 300_000 }))).toEqual(['60 projection_behind']);
});

test('what grows while the database is away is told as that alone', () => {
  expect(told(times(120, { ...away, entries: 90_000 }))).toEqual(['60 database_lost']);
});

test('a writer that says nothing for a minute is told, and that it speaks again', () => {
  expect(told([{}, ...times(70, 'nothing new' as const), {}])).toEqual(['60 projector_silent', '71 projector_back']);
});

test('one that somebody has ended is not missed', () =>
  expect(told([{ hasEnded: true }, ...times(200, 'nothing new' as const)])).toEqual([]));

test('what a writer said last says nothing of a database once it is silent', () => {
  expect(told([away, ...times(200, 'nothing new' as const)])).toEqual(['60 projector_silent']);
});

test('a database that somebody dials and somebody writes is lost once, and back when both have it', () => {
  const observed = new Observed(defaultWatch, 3);
  const dial = (reachable: boolean, now: number) =>
    observed.see({ kind: 'database_seen', reachable, detail: 'x' }, second(now), calm).map(({ kind }) => kind);
  const write = (isThere: boolean, now: number) =>
    observed
      .see(
        { kind: 'projector_seen', at: second(now), pid: 7, isThere, why: 'y', entries: 0, behindMs: 0, hasEnded: false },
        second(now),
        calm,
      )
      .map(({ kind }) => kind);
  expect([...dial(false, 0), ...write(false, 1), ...dial(false, 10), ...dial(false, 20)]).toEqual(['database_lost']);
  expect([...write(false, 70), ...dial(true, 80), ...write(false, 90)]).toEqual([]);
  expect(write(true, 91)).toEqual(['database_back']);
});
