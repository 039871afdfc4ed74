import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './made-data.js';
import { awkwardLengths, cutJournal, entriesOf, places, superviseDay, survives, type WholeDay, wholeDay } from './supervised-day.js';

const work = newFolder('supervised');
let day: WholeDay;

beforeAll(async () => {
  day = await wholeDay(`${work}/whole`);
}, 60_000);

test('the day brings questions, answers of every kind, and positions that come of them', () => {
  const { asked, answered, expired, withdrawn, overrides, refusedAnswers } = day.counts;
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBe(answered + expired + withdrawn);
  expect(overrides).toBe(1);
  // Two doubles, one at the deadline, one forged, one of a program, one without a reason.
  expect(refusedAnswers).toBe(6);
  expect(expired).toBeGreaterThanOrEqual(5);
  expect(places(day, 'order_filled').length).toBeGreaterThan(5);
});

test('J1, J2, J5: an order is sent only for what somebody has answered', () => {
  const entered = day.entries.flatMap(({ event }) =>
    event.kind === 'question_settled' && event.settlement === 'answered' && event.choice === 'enter' ? [event.intent] : [],
  );
  const sent = day.entries.flatMap(({ event }) =>
    event.kind === 'order_requested' && event.order.role === 'entry' ? [event.order.intent] : [],
  );
  expect(sent.length).toBeGreaterThan(3);
  for (const intent of sent) expect(entered).toContain(intent);
});

test('an answer within a minute stands before its bar, one of the very end of a minute behind it', () => {
  const at = (sequence: number): number => day.entries[sequence - 1]?.at ?? 0;
  const minutes = places(day, 'bars_closed');
  const requests = places(day, 'request_received');
  for (const request of requests) {
    expect(at(minutes.findLast((minute) => minute < request) ?? 0)).toBeLessThanOrEqual(at(request));
    expect(at(minutes.find((minute) => minute > request) ?? 0)).toBeGreaterThan(at(request));
  }
  const within = requests.map((request) => at(request) % 60_000 !== 0);
  expect([...new Set(within)].sort()).toEqual([false, true]);
});

test('no order fills in a bar that had begun when a person agreed to it', () => {
  const sent = new Map(day.entries.flatMap(({ at, event }) => (event.kind === 'order_requested' ? [[event.order.id, at] as const] : [])));
  const fills = day.entries.flatMap(({ event }) => (event.kind === 'order_filled' ? [event] : []));
  expect(fills.length).toBeGreaterThan(3);
  for (const { order, bar } of fills) expect(bar).toBeGreaterThanOrEqual(sent.get(order) ?? Number.POSITIVE_INFINITY);
});

describe('G1: a day that failed and was started again', () => {
  test('is to the byte the day that did not fail', { timeout: 60_000 }, async () => {
    const lengths = awkwardLengths(day);
    const some = [lengths[4], lengths[17]].filter((length) => length !== undefined);
    for (const length of some)
      for (const who of ['script', 'person'] as const) expect([length, await survives(day, length, who)]).toEqual([length, true]);
  });

  test('J10: with nobody there any more keeps the deadline of what was open', { timeout: 60_000 }, async () => {
    const cut = `${work}/nobody`;
    const asked = places(day, 'question_asked').at(-1) ?? 0;
    cutJournal(day.folder, cut, asked);
    await superviseDay(cut, null);
    const settled = entriesOf(cut).find(({ event }) => event.kind === 'question_settled' && event.question === asked);
    const question = day.entries[asked - 1]?.event;
    expect(settled?.event).toMatchObject({ settlement: 'expired', choice: 'decline' });
    expect(question?.kind === 'question_asked' ? question.question.deadline : 0).toBe(settled?.at);
  });
});
