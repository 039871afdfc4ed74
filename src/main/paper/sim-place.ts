import { instant } from '#domain/values/instant';
import { numberIn, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import type { SessionDate } from '#domain/values/session-date';
import { Failure } from '#main/commands/failure';
import { MarketClock, type MarketTime } from '#main/live/market-clock';
import { systemClock } from '#main/news/system-clock';
import type { Place } from '#main/paper/connect';
import { buildWorld } from '#main/sim-broker/build-world';
import { madeUpKeys, type SimulatedKeys } from '#main/sim-broker/made-up-keys';
import { madeUpSource, sessionOn } from '#main/sim-broker/market-source';
import { runSim } from '#main/sim-broker/running-sim';

/** A simulated broker that can be traded at, and how to end it where it is ours. */
export type SimPlace = Place & {
  readonly admin: URL;
  readonly said: string;
  /** Its time passes from now on: until then the house could learn in peace. */
  begin(): void;
  close(): Promise<void>;
};

export type OwnSim = {
  readonly seed: number;
  readonly symbols: number;
  readonly from: SessionDate;
  readonly atMinute: number;
  readonly speed: number;
  /** 1e-4 of a dollar. */
  readonly cash: number;
};

const HOST = '127.0.0.1';
/** While the house learns, the made-up market's time passes as ours does: its answers take time, too. */
const SPEED_BEFORE = 1;
const STATUS_MS_MAX = 5_000;
/** How often a broker of another process is asked for its time, in milliseconds of the machine. */
const TIME_EVERY_MS = 250;
/** So much of the market's time is no difference worth setting the clock for; entries are refused at two seconds (E1). */
const WORTH_MS = 500;

/** A simulated broker inside of this process, for as long as it lives, on ports of its own. */
export async function ownSim({ seed, symbols, from, atMinute, speed, cash }: OwnSim, failed: (error: unknown) => void): Promise<SimPlace> {
  const market = madeUpSource({ seed, symbols, from: sessionOn(from).date });
  const keys = madeUpKeys(seed);
  const built = await buildWorld({ seed, market, from, atMinute, cash, plan: 'paid', keys, faults: [] });
  const running = await runSim({ built, seed, speed: SPEED_BEFORE, host: HOST, port: 0, adminPort: 0, failed });
  const place = placeAt(new URL(`http://${HOST}:${running.port}/`), keys, { now: running.serving.time.now(), speed: SPEED_BEFORE }, 'sip');
  const admin = new URL(`http://${HOST}:${running.adminPort}/`);
  return {
    ...place,
    admin,
    begin: () => {
      running.serving.setSpeed(speed);
      place.clock.set({ now: running.serving.time.now(), speed });
    },
    said: `a broker and a market inside of this process, made up from seed ${seed}`,
    close: async () => {
      await running.close();
      await market.source.close();
    },
  };
}

/** The simulated broker that runs somewhere on this machine, by the address of its admin port. */
export async function foreignSim(address: string): Promise<SimPlace> {
  const admin = URL.canParse(address) ? new URL(address) : null;
  if (admin === null || admin.hostname !== HOST)
    throw new Failure('usage', `--sim takes the admin address of a running catalyst sim-broker, such as http://${HOST}:4001`);
  const status = await statusOf(admin);
  if (!status.ok) throw new Failure('badInput', `no simulated broker answers at ${admin.origin}: start one with catalyst sim-broker`);
  const { trading, seed, now, speed } = status.value;
  const place = placeAt(trading, madeUpKeys(seed), { now, speed }, 'iex');
  const stop = new AbortController();
  const followed = followTime(admin, place.clock, stop.signal);
  return {
    ...place,
    admin,
    begin: () => {},
    said: `the simulated broker at ${admin.origin}, made up from seed ${seed}`,
    close: () => {
      stop.abort();
      return followed;
    },
  };
}

/** Whoever runs that broker may set its time and speed by hand; one that does not answer has the time it had. */
async function followTime(admin: URL, clock: MarketClock, stop: AbortSignal): Promise<void> {
  for (; !stop.aborted; await systemClock.sleep(TIME_EVERY_MS, stop)) {
    const asked = performance.now();
    const status = await statusOf(admin);
    if (!status.ok || stop.aborted) continue;
    const { speed } = status.value;
    // What it says was so at some moment of the way: on a busy machine a slow answer knows less than the clock does.
    const onTheWay = (performance.now() - asked) * speed;
    const now = instant(Math.round(status.value.now + onTheWay / 2));
    if (speed !== clock.speed || Math.abs(now - clock.now()) > Math.max(WORTH_MS, onTheWay)) clock.set({ now, speed });
  }
}

type Status = MarketTime & { readonly trading: URL; readonly seed: number };

async function statusOf(admin: URL): Promise<Result<Status, { readonly kind: 'no_status' }>> {
  try {
    const answer = await fetch(new URL('status', admin), { signal: AbortSignal.timeout(STATUS_MS_MAX) });
    const raw: unknown = await answer.json();
    const [trading, seed, speed] = [textIn(raw, 'trading'), numberIn(raw, 'seed'), numberIn(raw, 'speed')];
    const now = parseRfc3339(textIn(raw, 'now') ?? '');
    if (trading === null || seed === null || speed === null || now === null) return fail({ kind: 'no_status' });
    return ok({ trading: new URL(trading), seed, speed, now });
  } catch (error) {
    // Whatever fetch throws: nobody listens there, or somebody who is no simulated broker.
    if (error instanceof Error) return fail({ kind: 'no_status' });
    throw error;
  }
}

function placeAt(trading: URL, keys: SimulatedKeys, time: MarketTime, feed: 'iex' | 'sip'): Place & { readonly clock: MarketClock } {
  const streamAt = (path: string): URL => new URL(path, `ws://${trading.host}`);
  return {
    settings: {
      environment: 'simulated',
      keys,
      trading: new URL('/', trading),
      orderStream: streamAt('/stream'),
      data: new URL('/', trading),
      dataStream: streamAt(`/v2/${feed}`),
      newsStream: streamAt('/v1beta1/news'),
      feed,
    },
    clock: new MarketClock(time),
  };
}
