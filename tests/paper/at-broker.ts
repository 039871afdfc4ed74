import type { Clock } from '#engine/ports/clock';
import { alpacaConnection } from '#main/broker/alpaca-connection';
import { systemClock } from '#main/news/system-clock';
import type { runningBroker } from '../sim-broker/running-broker.js';

const nothing = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };

/** The way to a served broker over real sockets, as `catalyst paper` has it. */
export function atBroker(served: Awaited<ReturnType<typeof runningBroker>>, stop: AbortSignal, clock: Clock = systemClock) {
  const at = (scheme: string, path = '/'): URL => new URL(path, `${scheme}://${served.base}`);
  const settings = {
    environment: 'simulated',
    keys: served.keys,
    trading: at('http'),
    orderStream: at('ws', '/stream'),
    data: at('http'),
    dataStream: at('ws', '/v2/iex'),
    newsStream: at('ws', '/v1beta1/news'),
    feed: 'iex',
  } as const;
  return alpacaConnection(settings, { wanted: nothing, clock, stop });
}
