import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { openBook } from '#domain/portfolio/book';
import { stageOneLimits } from '#domain/risk/limits';
import type { PastEntry } from '#domain/risk/risk-view';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { Price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { type StateSink, SymbolColumns } from '#domain/values/symbol-columns';
import { DayVolumes } from '#production/risk-manager/day-volumes';
import { Engagements } from '#production/risk-manager/engagements';
import { EquityWatch } from '#production/risk-manager/equity-watch';
import { KnownNames } from '#production/risk-manager/known-names';
import { LossWatch } from '#production/risk-manager/loss-watch';
import { MessageWindow } from '#production/risk-manager/message-window';
import { type Closes, closesOf } from '#production/risk-manager/newest-closes';
import { PhaseEntries } from '#production/risk-manager/phase-entries';
import { ProtectionWatch } from '#production/risk-manager/protection-watch';
import { RecentEntries } from '#production/risk-manager/recent-entries';
import { StopLatches } from '#production/risk-manager/stop-latches';
import { type Bar, frame, still } from '#tests/bar-columns';
import { at, intentOf, opened } from '#tests/one-service';
import { entryOf, filled } from '#tests/watched-account';

type Watch = { hashInto(sink: StateSink): void };

/** What a watch tells of its state after what `steps` do to it. */
function stateOf<Kind extends Watch>(watch: Kind, steps: (watch: Kind) => unknown): string {
  steps(watch);
  const told: string[] = [];
  watch.hashInto({ numbers: () => {}, text: (text) => void told.push(text) });
  return told.join('|');
}

const book = openBook(cash(1_000_000_000));
const [first, second] = [symbolIndex(1), symbolIndex(2)];
const past = (changes: Partial<PastEntry> = {}): PastEntry => ({
  intent: 1,
  at: at('10:00'),
  symbol: first,
  side: 'buy',
  pattern: 'bull_flag',
  limit: 1_000_000,
  ...changes,
});
const stopOf = (id: string): Event => ({ ...entryOf(0, 1, id), order: { id, role: 'stop', symbol: 0, intent: 1 } }) as unknown as Event;
const listed = (...names: readonly string[]): Event => ({ ...opened(0), listed: names.map(ticker) });
const sized = { ...intentOf(1), stop: 980_000 as Price, shares: quantity(50), risk: cash(1_000_000) };
const reserving = (phase: 'morning' | 'midday') => (engagements: Engagements) => engagements.reserve(1, sized, { phase, waiting: false });
const sectorOf = (symbol: number, sector: string): Event => ({
  kind: 'sectors_listed',
  sectors: [{ symbol: symbolIndex(symbol), sector }],
});
const statusOf = (status: 'halted' | 'not_tradable'): Event => ({ kind: 'asset_status_changed', symbol: first, status });

describe('the state tells apart', () => {
  const states: readonly [what: string, one: string, other: string][] = [
    [
      'names that are listed, one by one',
      stateOf(new KnownNames(), (names) => names.evolve(listed('AB', 'C'))),
      stateOf(new KnownNames(), (names) => names.evolve(listed('A', 'BC'))),
    ],
    [
      'sectors',
      stateOf(new KnownNames(), (names) => names.evolve(sectorOf(1, 'energy'))),
      stateOf(new KnownNames(), (names) => names.evolve(sectorOf(1, 'banks'))),
    ],
    [
      'why a name is not traded',
      stateOf(new KnownNames(), (names) => names.evolve(statusOf('halted'))),
      stateOf(new KnownNames(), (names) => names.evolve(statusOf('not_tradable'))),
    ],
    [
      'the peak',
      stateOf(new EquityWatch(), (equity) => equity.begin(cash(1))),
      stateOf(new EquityWatch(), (equity) => equity.begin(cash(2))),
    ],
    [
      'the warning that was given',
      stateOf(new LossWatch(), (losses) => losses.warning(cash(-15_000_000), stageOneLimits)),
      stateOf(new LossWatch(), (losses) => losses.warning(cash(-18_000_000), stageOneLimits)),
    ],
    [
      'when messages left',
      stateOf(new MessageWindow(), (messages) => [12, 23].map((when) => messages.sent(instant(when)))),
      stateOf(new MessageWindow(), (messages) => [1, 223].map((when) => messages.sent(instant(when)))),
    ],
    ['what is engaged', stateOf(new Engagements(), reserving('morning')), stateOf(new Engagements(), reserving('midday'))],
    ['entries of the phase', stateOf(new PhaseEntries(), (phase) => phase.use()), stateOf(new PhaseEntries(), () => {})],
    [
      'stops that were sent',
      stateOf(new ProtectionWatch(), (protection) => protection.evolve(stopOf('a'), at('10:00'), book)),
      stateOf(new ProtectionWatch(), (protection) => protection.evolve(stopOf('b'), at('10:00'), book)),
    ],
    [
      'since when a position is bare',
      stateOf(new ProtectionWatch(), (protection) => protection.startSession(at('10:00'), { ...book, positions: [held()] })),
      stateOf(new ProtectionWatch(), (protection) => protection.startSession(at('10:01'), { ...book, positions: [held()] })),
    ],
    [
      'entries that were let through',
      stateOf(new RecentEntries(), (recent) => recent.add(past())),
      stateOf(new RecentEntries(), (recent) => recent.add(past({ limit: 1_000_100 }))),
    ],
    [
      'what is latched',
      stateOf(new RecentEntries(), (recent) => [recent.latch('abcd', first), recent.latch('bull_flag', second)]),
      stateOf(new RecentEntries(), (recent) => recent.latch('abcd', first)),
    ],
    [
      'at which level it stands still',
      stateOf(new StopLatches(), (latches) => latches.set({ level: 'flatten', reason: 'requested' })),
      stateOf(new StopLatches(), (latches) => latches.set({ level: 'suspend', reason: 'requested' })),
    ],
  ];
  test.each(states)('%s', (_, one, other) => expect(other).not.toBe(one));
});

function held() {
  return {
    symbol: first,
    shares: 10,
    peakShares: 10,
    cost: cash(0),
    openedShares: 10,
    openedCost: cash(0),
    fees: cash(0),
    since: at('09:59'),
    mark: 1_000_000,
    doubted: null,
  };
}

describe('of two stops', () => {
  const set = (...stops: readonly (readonly [StopLevel, HaltReason])[]) => {
    const latches = new StopLatches();
    const told = stops.map(([level, reason]) => latches.set({ level, reason }));
    return { told, strongest: latches.strongest };
  };

  test.each<readonly [what: string, first: [StopLevel, HaltReason], second: [StopLevel, HaltReason], told: boolean, holds: HaltReason]>([
    ['the higher one holds', ['pause_entries', 'requested'], ['flatten', 'daily_loss'], true, 'daily_loss'],
    ['the lower one changes nothing', ['flatten', 'daily_loss'], ['pause_entries', 'requested'], false, 'daily_loss'],
    ['of one level the one that lasts longer holds', ['flatten', 'daily_loss'], ['flatten', 'weekly_loss'], true, 'weekly_loss'],
    ['of one level the one that ends sooner changes nothing', ['flatten', 'drawdown'], ['flatten', 'weekly_loss'], false, 'drawdown'],
    ['of one level that last as long the first holds', ['flatten', 'drawdown'], ['flatten', 'requested'], false, 'drawdown'],
  ])('%s', (_, one, other, told, holds) => {
    expect(set(one, other)).toMatchObject({ told: [true, told], strongest: { reason: holds } });
  });

  test('of one reason the higher level stays', () => {
    expect(set(['flatten', 'requested'], ['pause_entries', 'requested']).strongest).toEqual({ level: 'flatten', reason: 'requested' });
  });
});

test('of two that are bare for as long the first is named', () => {
  const watch = new ProtectionWatch();
  watch.startSession(at('10:00'), { ...book, positions: [held(), { ...held(), symbol: second }] });
  expect(watch.longest).toEqual({ symbol: first, since: at('10:00') });
});

test('a message counts for a minute, to the millisecond', () => {
  const messages = new MessageWindow();
  messages.sent(instant(0));
  messages.sent(instant(5));
  expect([MINUTE_MS - 1, MINUTE_MS, MINUTE_MS + 4, MINUTE_MS + 5].map((when) => messages.count(instant(when)))).toEqual([2, 1, 1, 0]);
});

describe('an entry that was let through', () => {
  test.each([
    { repeatMinutes: 1, driftMinutes: 2, duplicateSeconds: 180 },
    { repeatMinutes: 1, driftMinutes: 3, duplicateSeconds: 120 },
    { repeatMinutes: 3, driftMinutes: 1, duplicateSeconds: 120 },
  ])('counts as long as the longest of the three rules asks, three minutes of %o', (limits) => {
    const counts = [179_999, 180_000].map((ms) => {
      const recent = new RecentEntries();
      recent.add(past());
      return recent.of(first, instant(at('10:00') + ms), { ...stageOneLimits, ...limits }).length;
    });
    expect(counts).toEqual([1, 0]);
  });

  test('that came to nothing is taken back, and no other', () => {
    const recent = new RecentEntries();
    for (const intent of [1, 2]) recent.add(past({ intent }));
    recent.remove(1);
    expect(recent.of(first, at('10:01'), stageOneLimits)).toEqual([past({ intent: 2 })]);
  });

  test('is forgotten by a person who lifts the latch of its own pattern and name, and by no other', () => {
    const recent = new RecentEntries();
    for (const entry of [past(), past({ pattern: 'abcd' }), past({ symbol: second })]) recent.add(entry);
    recent.latch('bull_flag', first);
    recent.unlatch();
    expect(recent.of(first, at('10:01'), stageOneLimits)).toEqual([past({ pattern: 'abcd' })]);
    expect(recent.of(second, at('10:01'), stageOneLimits)).toEqual([past({ symbol: second })]);
    expect(recent.isLatched('bull_flag', first)).toBe(false);
  });
});

describe('what is known of a name', () => {
  const names = new KnownNames();
  for (const event of [listed('A', 'B', 'C'), sectorOf(0, 'energy'), sectorOf(1, 'energy')]) names.evolve(event);

  test('its sector counts what is engaged in it, an unknown one nothing', () => {
    const { permitted } = defaultSettings;
    expect(names.view(first, [0, 1, 2].map(symbolIndex), permitted).sector).toEqual({ name: 'energy', held: 2 });
    expect(names.view(second, [0, 1, 2].map(symbolIndex), permitted).sector).toBeNull();
  });

  test('of two names one of which has no known sector, both may share it', () => {
    const [energy, unknown] = [symbolIndex(0), second];
    expect([names.shareSector(energy, unknown), names.shareSector(unknown, energy), names.shareSector(energy, first)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('a name that was never listed is on no list', () => {
    const unknown = names.view(symbolIndex(9), [], { only: ['A'], never: ['B'] });
    expect(unknown).toMatchObject({ isPermitted: false, isRestricted: false, status: 'trading' });
  });
});

test('a fill of another order does not free what an accepted stop covers', () => {
  const watch = new ProtectionWatch();
  const positions = [{ ...held(), symbol: symbolIndex(0) }];
  watch.evolve(stopOf('s'), at('10:00'), book);
  watch.evolve(filled(0, 10, 100), at('10:00'), { ...book, positions });
  expect(watch.longest).toEqual({ symbol: 0, since: at('10:00') });
  watch.evolve({ kind: 'order_accepted', order: 's' as never }, at('10:00'), { ...book, positions });
  expect(watch.longest).toBeNull();
  watch.evolve({ kind: 'order_cancelled', order: 'x' as never, unfilled: 1 as never }, at('10:01'), { ...book, positions });
  expect(watch.longest).toBeNull();
});

describe('what is engaged', () => {
  const engaged = (): Engagements => {
    const engagements = new Engagements();
    reserving('morning')(engagements);
    return engagements;
  };
  test('is not let go of for an order that nobody knows', () => {
    const engagements = engaged();
    engagements.evolve({ kind: 'order_cancelled', order: 'x' as never, unfilled: quantity(1) }, book);
    expect([engagements.symbols, engagements.reserved]).toEqual([[first], 50_000_000]);
  });
  test('stays so when its stop is refused: the entry can still fill', () => {
    const engagements = engaged();
    engagements.evolve(entryOf(1, 1, 'e'), book);
    engagements.evolve({ ...entryOf(1, 1, 's'), order: { id: 's', role: 'stop', symbol: 1, intent: 1 } } as never, book);
    engagements.evolve({ kind: 'order_rejected', order: 's' as never, reason: 'suspended' }, book);
    expect(engagements.reserved).toBe(50_000_000);
    engagements.evolve({ kind: 'order_rejected', order: 'e' as never, reason: 'suspended' }, book);
    expect(engagements.symbols).toEqual([]);
  });
  test('is settled only when a person is asked about it', () => {
    expect([engaged().settle(1), engaged().settle(99)]).toEqual([null, null]);
  });
});

describe('the closes of a session', () => {
  const after = (symbol: number, ...minutes: readonly (readonly Bar[])[]): Closes =>
    closesOf(
      symbol,
      minutes.map((bars, place) => frame(600 + place, bars)),
    );
  test('are none before its first minute, and none of a name that no minute has', () => {
    const none = { last: null, before: null, end: 0 };
    expect([after(0), after(1, [still(7)]), after(2, [still(7)])]).toEqual([none, none, none]);
  });
  test('are those of minutes that have a bar, also one without a trade', () => {
    expect(after(0, [still(7)], [still(8, 0)], [null])).toEqual({ last: 8, before: 7, end: 602 });
  });
});

describe('the usual volume of a day', () => {
  const volumes = (): DayVolumes => {
    const table = new SymbolColumns();
    table.ensure(2);
    return new DayVolumes(table);
  };
  test('counts what was traded, and nothing for a minute without a bar', () => {
    const of = volumes();
    of.startSession();
    for (const bars of [
      [still(7, 100), null],
      [null, still(7, 5)],
      [still(7, 50), null],
    ])
      of.update(frame(600, bars));
    expect([of.usual(0), of.usual(1)]).toEqual([150, 5]);
  });
  test('is what it has traded today for a name that had never traded before', () => {
    const of = volumes();
    of.startSession();
    of.endSession();
    of.startSession();
    of.update(frame(600, [still(7, 500), null]));
    expect(of.usual(0)).toBe(500);
  });
});
