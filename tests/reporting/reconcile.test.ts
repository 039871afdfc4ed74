import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { OrderId } from '#domain/orders/order';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant, minuteOf } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { emptyDirectory, writeSample } from '#engine/journal/testing/sample-journal';
import { notesIn } from '#main/alerts/inbox';
import { alertsFolder } from '#main/alerts/log-files';
import { program } from '../journeys/catalyst.js';
import { closed, opened } from '../one-service.js';
import { type Running, runningBroker, until } from '../sim-broker/running-broker.js';

let sim: Running;
type Row = {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly qty: string;
  readonly price: string;
  readonly transaction_time: string;
};
let executions: readonly Row[] = [];
let account = '';

/** What the broker says under that path. */
const told = async <Answer>(path: string, init: RequestInit = {}): Promise<Answer> => (await (await sim.ask(path, init)).json()) as Answer;
const activities = () => told<readonly Row[]>('/v2/account/activities/FILL');

beforeAll(async () => {
  sim = await runningBroker();
  const [symbol = ''] = sim.tickers;
  ({ id: account } = await told<{ readonly id: string }>('/v2/account'));
  await sim.quote(symbol, '49.99', '50.00');
  for (const side of ['buy', 'sell']) {
    const body = JSON.stringify({ symbol, side, qty: '10', type: 'market', time_in_force: 'day' });
    await sim.ask('/v2/orders', { method: 'POST', body });
    const wanted = side === 'buy' ? 1 : 2;
    await until(async () => {
      await sim.step(1_000);
      return (await activities()).length >= wanted;
    }, 60_000);
  }
  executions = await activities();
}, 300_000);

afterAll(() => sim.close());

/** A journal of that account, with fills as the broker has them but for `changed`. */
function journalOf(changed: (row: Row, place: number) => { readonly dollars: number } | null, of = account): string {
  const directory = emptyDirectory();
  const first = Date.parse(executions.map(({ transaction_time: time }) => time).sort()[0] ?? '');
  const start = instant(first - 3_600_000);
  const events: Event[] = [
    { kind: 'run_started', settings: defaultSettings, source: 'live_market', version: 'test' },
    { kind: 'account_opened', environment: 'simulated', book: 'b', account: of },
    { ...opened(1), listed: [ticker(executions[0]?.symbol ?? '')] },
    ...executions.flatMap((row, place): readonly Event[] => {
      const kept = changed(row, place);
      if (kept === null) return [];
      const bar: Instant = minuteOf(instant(Date.parse(row.transaction_time)));
      const fill = {
        side: row.side,
        shares: quantity(Number(row.qty)),
        price: price(Math.round(kept.dollars * 10_000)),
        fees: cash(0),
        bar,
      };
      return [{ kind: 'order_filled', order: `o${place}` as OrderId, symbol: symbolIndex(0), flags: [], ...fill }];
    }),
    closed(),
  ];
  writeSample(
    directory,
    events.map((event) => [event, start, 0, 'door']),
  );
  return directory;
}

/** `catalyst report --reconcile` at the simulated broker, while that answers. */
async function reconciled(journal: string): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const env = {
    ...process.env,
    CATALYST_ALPACA_ENVIRONMENT: 'simulated',
    APCA_API_BASE_URL: `http://${sim.base}`,
    APCA_API_KEY_ID: sim.keys.keyId,
    APCA_API_SECRET_KEY: sim.keys.secret,
  };
  const child = spawn(process.execPath, [program, 'report', '--journal', journal, '--reconcile'], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes) => {
    out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    err += String(bytes);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

const asTold = (row: Row) => ({ dollars: Number(row.price) });

test('a journal that has what the broker has agrees with it', async () => {
  expect(executions.length).toBeGreaterThanOrEqual(2);
  const journal = journalOf(asTold);
  const { code, out, err } = await reconciled(journal);
  expect([code, err]).toEqual([0, '']);
  expect(notesIn(alertsFolder(journal))).toEqual([]);
  expect(out).toContain('They agree.');
});

test('another price than the broker has is a difference: the command has failed a check, and the alerts are told', async () => {
  const journal = journalOf((row, place) => ({ dollars: Number(row.price) + (place === 0 ? 0.01 : 0) }));
  const { code, out, err } = await reconciled(journal);
  expect(code).toBe(1);
  const first = expect.stringMatching(/^differs: \d{4}-\d\d-\d\d \w+, journal bought 10, sold 10/);
  expect(notesIn(alertsFolder(journal)).map(({ note }) => note)).toEqual([
    { kind: 'observed', observation: { kind: 'record_differs_from_broker', trades: 1, cash: 0, first } },
  ]);
  expect(out).toMatch(/differs: \d{4}-\d\d-\d\d \w+, journal bought 10, sold 10/);
  expect(err).toContain('differ in 1 place');
});

test('a fill that the journal never heard of is told as well', async () => {
  const { code, out } = await reconciled(journalOf(() => null));
  expect(code).toBe(1);
  expect(out).toContain('missing in the journal');
});

test('the activities of another account are compared with nothing', async () => {
  const { code, err } = await reconciled(journalOf(asTold, 'somebody-else'));
  expect(code).toBe(3);
  expect(err).toContain('the journal is of account somebody-else');
});
