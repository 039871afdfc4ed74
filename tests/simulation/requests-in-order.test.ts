import { expect, test } from 'vitest';
import type { Entry } from '#domain/events/event';
import type { Session } from '#domain/market/session-table';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import { House } from '#engine/house';
import { unrecorded } from '#engine/journal/recorder';
import type { Asked, Operator } from '#engine/ports/operator';
import { Requests } from '#engine/requests';
import { type Headline, runSession } from '#engine/session-run';
import { SimulatedExchange } from '#simulation/exchange/simulated-exchange';
import { usFeesOf } from '#simulation/exchange/us-fees';
import { simulatedMarket } from '#simulation/market/simulated-market';
import { sessionsFrom } from './simulated-house.js';

const session = sessionsFrom('2019-06-20', 1)[0] as Session;
const minute = (count: number, ms = 0): Instant => instant(session.open + count * MINUTE_MS + ms);
const headline = (knownAt: Instant, id: string): Headline => ({
  kind: 'headline_published',
  id,
  knownAt,
  publishedAt: knownAt,
  source: 'wire',
  text: id,
  symbols: [],
});
const asked = (at: Instant, because: string): Asked => ({ at, request: { kind: 'clear_stop', by: 'ann', from: 'person', because } });

/** What comes to the door, as "request a" or "bars", with minutes after the open. */
async function door(headlines: readonly Headline[], requests: readonly Asked[]): Promise<readonly string[]> {
  const market = simulatedMarket({ seed: 1, symbols: 3, sessions: [session.date], clock: () => session });
  const exchange = new SimulatedExchange({ capital: cash(1_000_000_000), feesOf: usFeesOf });
  const recorder = unrecorded();
  const told: string[] = [];
  const times: number[] = [];
  const watch = ({ at, event }: Entry): void => {
    times.push(at);
    const name = event.kind === 'request_received' && event.request.kind === 'clear_stop' ? `request ${event.request.because}` : event.kind;
    told.push(`${event.kind === 'headline_published' ? `headline ${event.id}` : name} ${(at - session.open) / MINUTE_MS}`);
  };
  const left = [...requests];
  const operator: Operator = {
    see: () => {},
    next: (before) => ((left[0]?.at ?? before) < before ? (left.shift() ?? null) : null),
  };
  const house = new House({ plan: [], recorder, broker: exchange, watch });
  const stage = { house, recorder, venue: exchange, durability: 'grouped', requests: new Requests(operator) } as const;
  const input = { session, bars: await market.load(session.date), symbols: 3, history: false, names: null, headlines };
  const steps = runSession(input, stage);
  while (!steps.next().done);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  return told;
}

const around = (told: readonly string[], first: number, last: number): readonly string[] =>
  told.filter((line) => {
    const when = Number(line.split(' ').at(-1));
    return first <= when && when <= last;
  });

test('headlines and requests between two minutes come in order of time', async () => {
  const told = await door(
    [headline(minute(10, 20_000), 'h1'), headline(minute(10, 40_000), 'h2')],
    [asked(minute(10, 10_000), 'a'), asked(minute(10, 30_000), 'b'), asked(minute(10, 50_000), 'c')],
  );
  expect(around(told, 10, 11).map((line) => line.replace(/ [\d.]+$/, ''))).toEqual([
    'bars_closed',
    'request a',
    'headline h1',
    'request b',
    'headline h2',
    'request c',
    'bars_closed',
  ]);
});

test('at the end of a minute the headline comes first, then the bars, then the request that has seen them', async () => {
  const told = await door([headline(minute(10), 'h')], [asked(minute(10), 'a')]);
  expect(around(told, 10, 10)).toEqual(['headline h 10', 'bars_closed 10', 'request a 10']);
});

test('of one instant within a minute the headline comes first', async () => {
  const told = await door([headline(minute(10, 1), 'h')], [asked(minute(10, 1), 'a')]);
  expect(around(told, 10.000001, 10.9).map((line) => line.slice(0, 9))).toEqual(['headline ', 'request a']);
});

test('what is asked while the market sleeps enters when the day begins, and nothing after its close', async () => {
  const told = await door(
    [],
    [asked(instant(session.preOpen - 1000), 'early'), asked(instant(session.close - 1), 'last'), asked(session.close, 'over')],
  );
  const early = told.findIndex((line) => line.startsWith('request early'));
  expect(told[early - 1]).toMatch(/^session_opened/);
  expect(told.at(-3)).toMatch(/^request last/);
  expect(told.at(-1)).toMatch(/^session_closed/);
});
