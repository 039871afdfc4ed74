import type { Session } from '#domain/market/session-table';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import type { CorporateAction, DataProblem, MarketDataSource } from '#engine/ports/market-data';
import type { RandomStream } from '#simulation/market/seeded-random';
import type { Deliver, VirtualTime } from '#tests/simulation/days/virtual-time';

/** What the vendor knows, whether or not it tells it to this process. */
export type Facts = {
  readonly splits: () => readonly CorporateAction[];
  readonly untraded: () => ReadonlySet<number>;
  readonly sessions: readonly Session[];
};

type Desk = {
  readonly time: VirtualTime;
  readonly deliver: Deliver;
  readonly names: readonly Ticker[];
  readonly isUp: () => boolean;
  readonly chance: RandomStream;
  readonly facts: Facts;
};

const nothing: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) };
const down: DataProblem = { kind: 'unreachable', why: 'no_connection' };

/** What is asked about the market when a session opens, in virtual time and without sockets. */
export function dataDesk({ time, deliver, names, isUp, chance, facts }: Desk): MarketDataSource {
  const answer = <Value>(make: () => Value): Promise<Result<Value, DataProblem>> =>
    new Promise((resolve) => {
      time.in(chance.integer(2, 80), () =>
        deliver(() => {
          time.stir();
          resolve(isUp() ? ok(make()) : fail(down));
        }),
      );
    });
  return {
    // The minutes of these days come from the market itself.
    historicalBars: () => nothing,
    assets: () =>
      answer(() => {
        const untraded = facts.untraded();
        return names.map((ticker, name) => {
          const tradable = !untraded.has(name);
          return { ticker, exchange: 'NYSE', tradable, shortable: true, fractionable: true };
        });
      }),
    calendar: (from, to) => answer(() => facts.sessions.filter(({ date }) => from <= date && date <= to)),
    clock: () => answer(() => ({ now: time.now, isOpen: false, nextOpen: time.now, nextClose: time.now })),
    corporateActions: (_, from, to) => answer(() => splitsWithin(facts.splits(), from, to)),
    latestQuotes: () => answer(() => ({ quotes: [], bad: [] })),
  };
}

const splitsWithin = (splits: readonly CorporateAction[], from: SessionDate, to: SessionDate): readonly CorporateAction[] =>
  splits.filter(({ exDate }) => from <= exDate && exDate <= to);
