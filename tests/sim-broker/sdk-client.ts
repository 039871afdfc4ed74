import { ApiError, type streaming } from '@alpacahq/alpaca-trade-api';
import { type Running, until } from './running-broker.js';

export type Refused = { readonly status: number; readonly code: number; readonly message: string };

/** What the SDK says of a refusal; a success is a failure of the test. */
export async function refusalOf(asked: Promise<unknown>): Promise<Refused> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ApiError) {
      const { status, code, message } = error;
      return { status, code: Number(code), message };
    }
    throw error;
  }
  throw new Error('it was not refused');
}

/** A stream of order news that listens, with everything that it has told. */
export async function listening(sim: Running) {
  const stream = sim.sdk().trading.stream({ url: `ws://${sim.base}/stream` });
  const told: streaming.TradeUpdate[] = [];
  const errors: unknown[] = [];
  let listens = false;
  stream.onTradeUpdate((update) => told.push(update));
  stream.onError((error) => errors.push(error));
  stream.on('subscription', () => {
    listens = true;
  });
  stream.onConnect(() => stream.subscribeTradeUpdates());
  stream.connect();
  await until(() => listens);
  return {
    told,
    errors,
    stop: () => stream.disconnect(),
    /** The first news of that kind about an order. */
    async news(event: string, orderId: string | undefined): Promise<streaming.TradeUpdate> {
      const find = () => told.find((update) => update.event === event && update.order.id === orderId);
      await until(() => find() !== undefined);
      const found = find();
      if (found === undefined) throw new Error(`no ${event} of ${orderId}; told: ${told.map((each) => each.event).join()}`);
      return found;
    },
  };
}
