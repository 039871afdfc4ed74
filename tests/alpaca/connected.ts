import { AlpacaBrokerage, tradingBounds } from '#adapters/alpaca/alpaca-brokerage';
import { AlpacaHost } from '#adapters/alpaca/alpaca-host';
import { OrderStream } from '#adapters/alpaca/order-stream';
import { RequestBudget } from '#adapters/alpaca/request-budget';
import { type Bounds, WireLine } from '#adapters/alpaca/wire-line';
import { dialer, liveness } from '#adapters/websocket/dial';
import { instant } from '#domain/values/instant';
import type { Clock } from '#engine/ports/clock';

/** Two texts that look like keys and stand nowhere else. */
export const KEY_ID = 'PKCANARY0KEY0ID00';
export const SECRET = 'canary/secret+of/these-tests=';

/** The clock of the machine; pauses longer than a moment are cut short and noted. */
export class HastyClock implements Clock {
  readonly slept: number[] = [];

  now() {
    return instant(Date.now());
  }

  sleep(ms: number, stop?: AbortSignal): Promise<void> {
    this.slept.push(ms);
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, 20));
      stop?.addEventListener('abort', end);
    });
  }
}

export type Connected = {
  readonly brokerage: AlpacaBrokerage;
  readonly host: AlpacaHost;
  readonly clock: HastyClock;
  readonly stop: AbortController;
  readonly close: () => void;
};

export function connected(
  base: URL,
  given: { readonly requests?: number; readonly bounds?: Partial<Bounds>; readonly stream?: URL; readonly answerMsMax?: number } = {},
): Connected {
  const clock = new HastyClock();
  const stop = new AbortController();
  const line = new WireLine({ base, keyId: KEY_ID, secret: SECRET });
  const host = new AlpacaHost(line, new RequestBudget({ requests: given.requests ?? 200, clock, stop: stop.signal }));
  const stream = new OrderStream({
    dial: dialer(liveness),
    clock,
    random: () => 0,
    url: given.stream ?? new URL('/stream', base),
    keyId: KEY_ID,
    secret: SECRET,
    answerMsMax: given.answerMsMax ?? 5_000,
  });
  const bounds = { ...tradingBounds, msMax: 10_000, ...given.bounds };
  return {
    brokerage: new AlpacaBrokerage({ host, stream, clock, bounds, stop: stop.signal }),
    host,
    clock,
    stop,
    close: () => {
      stop.abort();
      line.close();
    },
  };
}
