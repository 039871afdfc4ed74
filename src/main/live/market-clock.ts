import { type Instant, instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';
import { systemClock } from '#main/news/system-clock';

/** Where a made-up market's time stands, and how many of its seconds pass in one of ours. */
export type MarketTime = { readonly now: Instant; readonly speed: number };

/**
 * The clock of a market whose time is not ours: a broker that makes its days up may begin them whenever and let them pass
 * faster. Measured by the clock that nobody can set back.
 */
export function marketClock({ now, speed }: MarketTime, machine: () => number = () => performance.now()): Clock {
  const began = machine();
  return {
    now: () => instant(Math.floor(now + (machine() - began) * speed)),
    sleep: (ms, stop) => systemClock.sleep(ms / speed, stop),
  };
}
