import { AlpacaBrokerage, tradingBounds } from '#adapters/alpaca/alpaca-brokerage';
import { AlpacaHost } from '#adapters/alpaca/alpaca-host';
import { DataStream } from '#adapters/alpaca/data-stream';
import { AlpacaMarketData, dataBounds } from '#adapters/alpaca/market-data';
import { OrderStream } from '#adapters/alpaca/order-stream';
import { type Rate, RequestBudget } from '#adapters/alpaca/request-budget';
import { WireLine } from '#adapters/alpaca/wire-line';
import { dialer, liveness } from '#adapters/websocket/dial';
import type { Brokerage } from '#engine/ports/brokerage';
import type { Clock } from '#engine/ports/clock';
import type { MarketDataSource, MarketLine, Wanted } from '#engine/ports/market-data';
import type { AlpacaSettings } from '#main/broker/alpaca-settings';
import type { Sent } from '#main/costs/counted';

/** Ways to Alpaca, each open until the stop. */
export type AlpacaConnection = {
  readonly brokerage: Brokerage;
  readonly marketData: MarketDataSource;
  readonly marketLine: MarketLine;
  /** What is used of the trading host's requests; bars and headlines have a host of their own, which is used up by intent. */
  tradingRate(): Rate;
  /** Lets the kept connections go, after everything has been told to stop. */
  close(): void;
};

/** The names to begin with, and whose time passes: a made-up market's may be another than ours. */
type Wishes = { readonly wanted: Wanted; readonly clock: Clock; readonly stop: AbortSignal; readonly sent?: Sent };

/** Requests a minute to begin with; answers teach what holds. Of the data host's 200, headlines are asked for with 100. */
const TRADING_A_MINUTE = 200;
const dataAMinute: Readonly<Record<AlpacaSettings['feed'], number>> = { iex: 100, sip: 5_000 };

const ANSWER_MS_MAX = 10_000;

/** Everything of Alpaca, over one budget for each host. One connection per account: a second one knocks the first out. */
export function alpacaConnection(settings: AlpacaSettings, { wanted, clock, stop, sent = () => {} }: Wishes): AlpacaConnection {
  const { keys, trading, orderStream, data, dataStream, feed } = settings;
  const tradingLine = new WireLine({ base: trading, ...keys, sent });
  const dataLine = new WireLine({ base: data, ...keys, sent });
  const tradingBudget = new RequestBudget({ requests: TRADING_A_MINUTE, clock, stop });
  const tradingHost = new AlpacaHost(tradingLine, tradingBudget);
  const dataHost = new AlpacaHost(dataLine, new RequestBudget({ requests: dataAMinute[feed], clock, stop }));
  const line = { dial: dialer(liveness), clock, random: Math.random, ...keys, answerMsMax: ANSWER_MS_MAX };
  const stream = new OrderStream({ ...line, url: orderStream });
  return {
    brokerage: new AlpacaBrokerage({ host: tradingHost, stream, clock, bounds: tradingBounds, stop }),
    marketData: new AlpacaMarketData({ data: dataHost, trading: tradingHost, clock, feed, bounds: dataBounds, stop }),
    marketLine: new DataStream({ ...line, url: dataStream }, wanted),
    tradingRate: () => tradingBudget.rate,
    close: () => {
      tradingLine.close();
      dataLine.close();
    },
  };
}
