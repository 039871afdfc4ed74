import type { Clock } from '#engine/ports/clock';
import type { NewsSource, NewsStream } from '#engine/ports/news-source';
import type { Usage } from '#engine/ports/usage';
import { type AlpacaConnection, alpacaConnection } from '#main/broker/alpaca-connection';
import type { AlpacaSettings } from '#main/broker/alpaca-settings';
import { countedBy } from '#main/costs/counted';
import { alpacaNews } from '#main/news/alpaca-news';

export type Connected = AlpacaConnection & {
  readonly settings: AlpacaSettings;
  readonly clock: Clock;
  readonly news: { readonly source: NewsSource; readonly stream: NewsStream };
};

/** Where a broker is, and whose time holds there. */
export type Place = { readonly settings: AlpacaSettings; readonly clock: Clock };

/** Everything that is reached at one broker: orders, market data, headlines. */
export function connect({ settings, clock }: Place, stop: AbortSignal, usage: Usage | null = null): Connected {
  const sent = countedBy(usage, 'alpaca');
  const nothing = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
  return {
    ...alpacaConnection(settings, { wanted: nothing, clock, stop, sent }),
    settings,
    clock,
    news: alpacaNews({ ...settings, clock, symbols: [], sent }, stop),
  };
}
