import { afterEach, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { cash } from '#domain/values/cash';
import { ok } from '#domain/values/result';
import { symbolIndex } from '#domain/values/symbol';
import { Execution } from '#engine/execution/execution';
import { patience } from '#engine/execution/patience';
import { unrecorded } from '#engine/journal/recorder';
import { LiveHouse } from '#engine/live/live-house';
import type { CorporateAction } from '#engine/ports/market-data';
import { SymbolTable } from '#main/day/symbol-table';
import { MarketClock } from '#main/live/market-clock';
import { LiveMemory } from '#main/paper/live-memory';
import { sessionAfter, sessionFrom } from '#main/paper/session-dates';
import { SessionStart } from '#main/paper/session-start';
import { runningBroker } from '../sim-broker/running-broker.js';
import { atBroker } from './at-broker.js';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** A house at a broker before the session opens, and what is told in it. */
async function beforeTheOpen() {
  const actions: CorporateAction[] = [];
  const served = await runningBroker({ atMinute: 540 });
  const stop = new AbortController();
  const { marketData, marketLine: line, close } = atBroker(served, stop.signal);
  // The made-up market has no splits of its own.
  const data = Object.assign(marketData, { corporateActions: async () => ok(actions) });
  closings.push(async () => {
    stop.abort();
    close();
    await served.close();
  });
  const symbols = new SymbolTable();
  const memory = new LiveMemory(symbols);
  const told: Event[] = [];
  const names = { tickerOf: symbols.nameOf.bind(symbols), indexOf: symbols.indexOf.bind(symbols) };
  const execution = new Execution({ book: { environment: 'simulated', name: 'k3v9x2' }, names, feesOf: () => cash(0), patience });
  const house = new LiveHouse({
    plan: [],
    recorder: unrecorded(),
    past: null,
    execution,
    watch: (entry) => {
      memory.see(entry);
      told.push(entry.event);
    },
  });
  const session = sessionFrom(served.parts.session.open);
  const said: string[] = [];
  const start = new SessionStart({
    house,
    memory,
    symbols,
    data,
    line,
    clock: new MarketClock({ now: session.preOpen, speed: 0 }),
    unlisted: served.tickers,
    history: 0,
    say: (text) => void said.push(text),
    sessionOver: () => {},
  });
  const frozen = () => told.splice(0).flatMap((event) => (event.kind === 'name_quarantined' ? [symbols.nameOf(event.symbol)] : []));
  return { served, start, session, memory, house, said, frozen, told, actions };
}

test('D7: a split that a process has told of before it ended is not told again by the next, before the session has opened', async () => {
  const { served, start, session, house, told, actions } = await beforeTheOpen();
  await start.open(session);
  house.closeSession({ kind: 'session_closed', date: session.date, lastBar: null, complete: false }, session.close);
  const next = sessionAfter(session.date);
  const [name] = served.tickers;
  if (name === undefined) throw new Error('nothing is listed');
  actions.push({ kind: 'forward_split', ticker: name, exDate: next.date, newShares: 2, oldShares: 1, newTicker: null });
  house.accept({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 }, next.preOpen);
  await start.open(next);
  expect(told.filter(({ kind }) => kind === 'split_took_effect')).toHaveLength(1);
  // Only of that session: another split is another one.
  house.closeSession({ kind: 'session_closed', date: next.date, lastBar: null, complete: false }, next.close);
  const third = sessionAfter(next.date);
  actions.push({ kind: 'forward_split', ticker: name, exDate: third.date, newShares: 3, oldShares: 1, newTicker: null });
  await start.open(third);
  expect(told.flatMap((event) => (event.kind === 'split_took_effect' ? [event.ratio] : []))).toEqual([2, 3]);
});

test('D8: a listed name that the broker trades no more is frozen when the next session opens, and in each one after', async () => {
  const { served, start, session, memory, house, frozen } = await beforeTheOpen();
  await start.open(session);
  expect(frozen()).toEqual([]);
  const [gone = ''] = served.tickers;
  served.broker.changeAsset(gone, { tradable: false });
  const next = sessionAfter(session.date);
  house.closeSession({ kind: 'session_closed', date: session.date, lastBar: null, complete: false }, session.close);
  await start.open(next);
  expect(frozen()).toEqual([gone]);
  expect(memory.quarantinedBefore(next.date)).toEqual([]);
  const third = sessionAfter(next.date);
  house.closeSession({ kind: 'session_closed', date: next.date, lastBar: null, complete: false }, next.close);
  await start.open(third);
  expect([frozen(), memory.quarantinedBefore(third.date)]).toEqual([[gone], []]);
});

test('D8: a name that is gone from the list is frozen as well, and one that is back is not', async () => {
  const { served, start, session, house, frozen } = await beforeTheOpen();
  await start.open(session);
  const [gone = ''] = served.tickers;
  served.broker.changeAsset(gone, { active: false });
  const next = sessionAfter(session.date);
  house.closeSession({ kind: 'session_closed', date: session.date, lastBar: null, complete: false }, session.close);
  await start.open(next);
  expect(frozen()).toEqual([gone]);
  served.broker.changeAsset(gone, { active: true });
  house.closeSession({ kind: 'session_closed', date: next.date, lastBar: null, complete: false }, next.close);
  await start.open(sessionAfter(next.date));
  expect(frozen()).toEqual([]);
});

test('a broker that does not say which names it trades freezes none, and that is told', async () => {
  const { served, start, session, said, frozen } = await beforeTheOpen();
  served.broker.revokeKeys();
  await start.open(session);
  expect(frozen()).toEqual([]);
  expect(said.join('\n')).toContain(`which names the broker trades on ${session.date} is not known`);
});
