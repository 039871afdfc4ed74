import type { Session } from '#domain/market/session-table';
import { instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Ticker } from '#domain/values/symbol';
import { type AnyFault, isDataFault } from '#main/sim-broker/fault-shape';
import type { SimulatedKeys } from '#main/sim-broker/made-up-keys';
import { type MarketSource, sessionOn } from '#main/sim-broker/market-source';
import { type AssetFacts, commonAsset, type Delays, type Habits } from '#simulation/broker/options';
import { SimulatedBroker } from '#simulation/broker/simulated-broker';
import { DataDesk } from '#simulation/broker-market/data-desk';
import { dayBegins, MarketTape } from '#simulation/broker-market/market-tape';
import { SimulatedWorld } from '#simulation/broker-market/simulated-world';
import { wiredNews } from '#simulation/broker-market/wired-news';
import { RandomStream } from '#simulation/market/seeded-random';

/** What a world is made from. */
export type WorldOptions = {
  readonly seed: number;
  readonly market: MarketSource;
  readonly from: SessionDate;
  /** Local minute of the day at which it begins: 570 is 09:30 in New York. */
  readonly atMinute: number;
  /** 1e-4 of a dollar. */
  readonly cash: number;
  readonly plan: 'free' | 'paid';
  readonly keys: SimulatedKeys;
  readonly faults: readonly AnyFault[];
  readonly delays?: Delays;
  readonly habits?: Partial<Habits>;
  /** Requests in any 60 seconds, 200 unless told. */
  readonly rateLimit?: number;
};

/** A broker and its market, at the minute at which they begin. */
export type BuiltWorld = {
  readonly world: SimulatedWorld;
  readonly broker: SimulatedBroker;
  readonly desk: DataDesk;
  readonly session: Session;
  readonly tickers: readonly Ticker[];
};

/** A broker, its market and its market data, from the morning of a day up to the minute at which they are to begin. */
export async function buildWorld({
  seed,
  market,
  from,
  atMinute,
  cash,
  plan,
  keys,
  faults,
  delays,
  habits,
  rateLimit,
}: WorldOptions): Promise<BuiltWorld> {
  const session = sessionOn(from);
  const morning = dayBegins(session);
  const isAuthorized = (keyId: string, secret: string): boolean => keyId === keys.keyId && secret === keys.secret;
  const desk = new DataDesk({ now: morning, plan, isAuthorized });
  const { source, sessions, extras, headlines } = market;
  const tape = new MarketTape({ seed, sessions, source, extras, stories: wiredNews(headlines, seed), history: desk.history });
  await tape.prepare(morning);
  const broker = new SimulatedBroker({
    seed,
    now: morning,
    cash,
    assets: assetsOf(tape.tickers, seed),
    keys,
    accountId: accountIdOf(seed),
    ...(delays && { delays }),
    ...(habits && { habits }),
    ...(rateLimit && { rateLimit }),
    faults: faults.filter((fault) => !isDataFault(fault)),
  });
  for (const fault of faults) if (isDataFault(fault)) desk.faults.add(fault);
  const world = new SimulatedWorld({ broker, desk, tape });
  world.see(tape.skipTo(morning));
  world.advanceTo(instant(session.open + (atMinute - session.openMinute) * MINUTE_MS));
  return { world, broker, desk, session, tickers: tape.tickers };
}

/** Most listings are as most are; some are not split into fractions, some are hard to borrow. */
function assetsOf(tickers: readonly Ticker[], seed: number): readonly AssetFacts[] {
  const stream = new RandomStream(seed, 'asset');
  return tickers.map((name, place) => {
    stream.restart(place, 0);
    const easyToBorrow = !stream.chance(0.1);
    return commonAsset(name, { fractionable: !stream.chance(0.15), easyToBorrow, shortable: easyToBorrow });
  });
}

/** A UUID out of the seed: the account is another one for another seed. */
function accountIdOf(seed: number): string {
  const stream = new RandomStream(seed, 'account id');
  const digits = (count: number): string => Array.from({ length: count }, () => stream.below(16).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
}
