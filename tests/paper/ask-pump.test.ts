import { expect, test } from 'vitest';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { unrecorded } from '#engine/journal/recorder';
import { LiveHouse } from '#engine/live/live-house';
import type { Answer, Ask } from '#engine/ports/brokerage';
import { MarketClock } from '#main/live/market-clock';
import { AskPump } from '#main/paper/ask-pump';

const now = instant(Date.UTC(2026, 10, 30, 15));

/** A house that has just started at a broker whose answers the test gives. */
function started(holds: () => boolean) {
  const names = { tickerOf: () => ticker('AAA'), indexOf: () => symbolIndex(0) };
  const execution = new Execution({ book: { environment: 'paper', name: 'k3v9x2' }, names, feesOf: () => cash(0), patience });
  const house = new LiveHouse({ plan: [], recorder: unrecorded(), past: null, execution });
  const asked: Ask['kind'][] = [];
  const waiting: ((answer: Answer | Error) => void)[] = [];
  const failed: unknown[] = [];
  const heard = { answers: 0 };
  const pump = new AskPump({
    house,
    execution,
    brokerage: {
      ask: ({ kind }) => {
        asked.push(kind);
        return new Promise((done, broken) => waiting.push((answer) => (answer instanceof Error ? broken(answer) : done(answer))));
      },
      follow: async () => {},
    },
    clock: new MarketClock({ now, speed: 0 }),
    lease: { holds, release: () => {} },
    answered: () => void heard.answers++,
    failed: (error) => void failed.push(error),
  });
  house.start(now);
  return { execution, house, pump, asked, waiting, failed, heard };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

test('all that waits is asked at once, each thing once, and an answer is thought about before somebody is told', async () => {
  const { pump, asked, waiting, heard } = started(() => true);
  pump.pump();
  pump.pump();
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked).size).toBe(asked.length);
  waiting[0]?.({ kind: 'ambiguous', why: 'reset', said: '' });
  await settled();
  expect(heard.answers).toBe(1);
});

test('X2: nothing that changes anything leaves once another process has the account, and looks go on', () => {
  const { execution, pump, asked } = started(() => false);
  pump.pump();
  expect(asked).toContain('list_positions');
  const before = asked.length;
  execution.suspend();
  expect(() => pump.pump()).toThrow('another process has taken over this account');
  expect(asked.length).toBe(before);
});

test('with the account still ours the same leaves', () => {
  const { execution, pump, asked } = started(() => true);
  execution.suspend();
  pump.pump();
  expect(asked).toContain('suspend_account');
});

test('C11: what the broker’s side throws is handed on, and not lost', async () => {
  const { pump, waiting, failed } = started(() => true);
  pump.pump();
  waiting[0]?.(new Error('a bug'));
  await settled();
  expect(failed).toEqual([new Error('a bug')]);
});
