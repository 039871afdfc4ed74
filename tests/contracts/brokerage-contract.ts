import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BrokerOrder, ClientOrderId } from '#domain/brokerage/broker-order';
import type { Side } from '#domain/orders/order';
import { instant } from '#domain/values/instant';
import { price } from '#domain/values/price';
import { quantity } from '#domain/values/quantity';
import type { Ticker } from '#domain/values/symbol';
import type { Answer, Ask, Brokerage, BrokerNews, Mutation } from '#engine/ports/brokerage';

/** A broker that a test can move: its market by hand, its faults on demand, and what it has told so far. */
export type TriedBroker = {
  readonly brokerage: Brokerage;
  readonly ticker: Ticker;
  readonly news: readonly BrokerNews[];
  /** Dollars as they are written. */
  quote(bid: string, ask: string): Promise<void>;
  print(at: string): Promise<void>;
  /** Until everything that is under way has been told. */
  settle(): Promise<void>;
  /** The next request of that method has its effect, and nobody hears of it. */
  loseNextAnswer(method: 'POST' | 'PATCH' | 'DELETE'): Promise<void>;
  close(): Promise<void>;
};

const cents = (dollars: number) => price(Math.round(dollars * 10_000));
let named = 0;
const nextId = (): ClientOrderId => `cat1-s-contract-${++named}-1` as ClientOrderId;

/** What the execution relies on, of whatever broker. */
export function brokerageContract(name: string, make: () => Promise<TriedBroker>): void {
  describe(`a brokerage: ${name}`, () => {
    let tried: TriedBroker;

    beforeEach(async () => {
      tried = await make();
      await tried.quote('99.98', '100.00');
      await tried.print('100.00');
    });
    afterEach(() => tried.close());

    const ask = (one: Ask): Promise<Answer> => tried.brokerage.ask(one, 'entry');
    const orderOf = async (one: Ask): Promise<BrokerOrder> => {
      const answer = await ask(one);
      if (answer.kind !== 'order') throw new Error(`an order was expected: ${JSON.stringify(answer)}`);
      return answer.order;
    };
    const bracket = (
      changes: Partial<Extract<Mutation, { kind: 'submit_bracket' }>> = {},
    ): Extract<Mutation, { kind: 'submit_bracket' }> => ({
      kind: 'submit_bracket',
      clientId: nextId(),
      ticker: tried.ticker,
      side: 'buy',
      shares: quantity(100),
      limit: cents(100),
      stop: cents(98),
      target: cents(104),
      ...changes,
    });
    const exit = (changes: Partial<Extract<Mutation, { kind: 'submit_exit' }>> = {}): Extract<Mutation, { kind: 'submit_exit' }> => ({
      kind: 'submit_exit',
      clientId: nextId(),
      ticker: tried.ticker,
      side: 'sell',
      shares: quantity(100),
      limit: null,
      stop: null,
      ...changes,
    });
    const whole = async (id: BrokerOrder['id']): Promise<BrokerOrder> => orderOf({ kind: 'read_order', order: id });
    /** A hundred shares under a stop and a target. */
    const held = async (): Promise<{ entry: BrokerOrder; stop: BrokerOrder; target: BrokerOrder }> => {
      const sent = await orderOf(bracket());
      await tried.settle();
      const entry = await whole(sent.id);
      const legs = entry.legs ?? [];
      const [stop, target] = [legs.find(({ type }) => type === 'stop'), legs.find(({ type }) => type === 'limit')];
      if (entry.status !== 'filled' || stop === undefined || target === undefined) throw new Error('a whole bracket was expected');
      return { entry, stop, target };
    };
    const sharesHeld = async (): Promise<number> => {
      const answer = await ask({ kind: 'list_positions' });
      if (answer.kind !== 'positions') throw new Error('positions were expected');
      return answer.positions.find(({ ticker }) => ticker === tried.ticker)?.shares ?? 0;
    };
    const heard = (order: BrokerOrder['id']) =>
      tried.news.flatMap((news) => (news.kind === 'order_news' && news.order.id === order ? [news] : []));

    test('a bracket comes back with its own name, its prices and both legs, and each leg is of the other side', async () => {
      const wanted = bracket({ limit: cents(99) });
      const sent = await orderOf(wanted);
      expect(sent).toMatchObject({
        clientId: wanted.clientId,
        shape: 'bracket',
        type: 'limit',
        side: 'buy',
        shares: 100,
        filled: 0,
        limit: cents(99),
      });
      const { legs } = await whole(sent.id);
      expect(legs?.map(({ type, side, shares, limit, stop }) => [type, side, shares, limit ?? stop]).sort()).toEqual([
        ['limit', 'sell', 100, cents(104)],
        ['stop', 'sell', 100, cents(98)],
      ]);
    });

    test('legs wait until their entry is whole; then the target works and the stop is in force', async () => {
      const resting = await orderOf(bracket({ limit: cents(99) }));
      await tried.settle();
      expect((await whole(resting.id)).legs?.every(({ status }) => status === 'held')).toBe(true);
      const { stop, target } = await held();
      expect(target.status).toBe('new');
      expect(['held', 'new']).toContain(stop.status);
    });

    test('a fill is told once, with its price, what the order has filled with it, and its own name', async () => {
      const { entry } = await held();
      const executions = heard(entry.id).flatMap(({ execution }) => (execution === null ? [] : [execution]));
      expect(executions.at(-1)?.cumulative).toBe(100);
      expect(executions.reduce((sum, { shares }) => sum + shares, 0)).toBe(100);
      expect(executions.every(({ price: at, side }) => at === cents(100) && side === 'buy')).toBe(true);
      const listed = await ask({ kind: 'list_executions', after: instant(0) });
      expect(listed.kind === 'executions' && listed.executions.map(({ order, cumulative }) => [order, cumulative]).at(-1)).toEqual([
        entry.id,
        100,
      ]);
      expect(await sharesHeld()).toBe(100);
    });

    test('D9: trades are no activities that move cash by themselves', async () => {
      await held();
      expect(await ask({ kind: 'list_cash_activities', after: instant(0) })).toEqual({ kind: 'cash_activities', activities: [] });
    });

    test('a stop that is reached sells at the market, and the target ends with it', async () => {
      const { stop, target } = await held();
      await tried.quote('97.50', '97.52');
      await tried.print('97.50');
      await tried.settle();
      expect((await whole(stop.id)).status).toBe('filled');
      expect((await whole(target.id)).status).toBe('canceled');
      expect(await sharesHeld()).toBe(0);
    });

    test('a leg is replaced by a new order with our name and price; the old one says by which', async () => {
      const { stop } = await held();
      const clientId = nextId();
      await orderOf({ kind: 'replace_order', order: stop.id, clientId, shares: null, limit: null, stop: cents(99) });
      await tried.settle();
      const old = await whole(stop.id);
      expect(old.status).toBe('replaced');
      const next = await orderOf({ kind: 'find_order', clientId });
      expect(next).toMatchObject({ id: old.replacedBy, replaces: stop.id, stop: cents(99), shares: 100, type: 'stop' });
      await tried.quote('98.90', '98.92');
      await tried.print('98.90');
      await tried.settle();
      expect(await sharesHeld()).toBe(0);
    });

    test('an order that has not come to a venue, or is over, is not replaced', async () => {
      const { entry, stop } = await held();
      const replace = (order: BrokerOrder, at: number): Ask => ({
        kind: 'replace_order',
        order: order.id,
        clientId: nextId(),
        shares: null,
        limit: cents(at),
        stop: null,
      });
      expect(await ask(replace(entry, 101))).toMatchObject({ kind: 'refused', reason: 'not_replaceable' });
      const unchanged: Ask = { kind: 'replace_order', order: stop.id, clientId: nextId(), shares: null, limit: null, stop: cents(98) };
      expect(await ask(unchanged)).toMatchObject({ kind: 'refused', reason: 'unchanged' });
    });

    test('a cancel is received, and later the order has ended with what it had not filled', async () => {
      const resting = await orderOf(bracket({ limit: cents(99) }));
      await tried.settle();
      expect(await ask({ kind: 'cancel_order', order: resting.id })).toEqual({ kind: 'done' });
      await tried.settle();
      const over = await whole(resting.id);
      expect([over.status, over.filled]).toEqual(['canceled', 0]);
      expect(over.legs?.every(({ status }) => status === 'canceled')).toBe(true);
      expect(heard(resting.id).at(-1)?.order.status).toBe('canceled');
      expect(await ask({ kind: 'cancel_order', order: resting.id })).toMatchObject({ kind: 'refused', reason: 'not_cancelable' });
    });

    test('one leg that is cancelled takes the other with it, and the shares stay', async () => {
      const { stop, target } = await held();
      expect(await ask({ kind: 'cancel_order', order: target.id })).toEqual({ kind: 'done' });
      await tried.settle();
      expect((await whole(stop.id)).status).toBe('canceled');
      expect(await sharesHeld()).toBe(100);
    });

    test('a resting exit reserves the shares: another one is refused with what is left, and taken when the first has ended', async () => {
      const { target } = await held();
      expect(await ask(exit())).toMatchObject({ kind: 'refused', reason: 'shares_reserved', available: 0 });
      await ask({ kind: 'cancel_order', order: target.id });
      await tried.settle();
      await orderOf(exit());
      await tried.settle();
      expect(await sharesHeld()).toBe(0);
    });

    test('more than is held is not sold', async () => {
      const { target } = await held();
      await ask({ kind: 'cancel_order', order: target.id });
      await tried.settle();
      expect(await ask(exit({ shares: quantity(101) }))).toMatchObject({ kind: 'refused', reason: 'shares_reserved', available: 100 });
    });

    test('a plain stop beside a working entry is a wash trade', async () => {
      const { target } = await held();
      await ask({ kind: 'cancel_order', order: target.id });
      await tried.settle();
      await orderOf(exit({ stop: cents(98) }));
      await tried.settle();
      const plain: Ask = { ...bracket({ limit: cents(97) }), stop: cents(95) };
      const answer = await ask(plain);
      // A bracket is exempt; where the broker takes no bracket beside a position it says that instead.
      expect(answer.kind === 'order' || (answer.kind === 'refused' && answer.reason === 'not_an_entry')).toBe(true);
    });

    test('a name is used once, also after its order has ended', async () => {
      const { entry } = await held();
      expect(await ask(bracket({ clientId: entry.clientId }))).toMatchObject({ kind: 'refused', reason: 'duplicate_client_id' });
    });

    test('an answer that is lost leaves the order where it is, to be found by its name', async () => {
      const wanted = bracket({ limit: cents(99) });
      await tried.loseNextAnswer('POST');
      expect(await ask(wanted)).toMatchObject({ kind: 'ambiguous' });
      await tried.settle();
      expect(await orderOf({ kind: 'find_order', clientId: wanted.clientId })).toMatchObject({
        shares: 100,
        limit: cents(99),
        side: 'buy',
      });
    });

    test('what was never sent is not found', async () => {
      expect(await ask({ kind: 'find_order', clientId: nextId() })).toEqual({ kind: 'not_found' });
      expect(await ask({ kind: 'read_order', order: '00000000-0000-4000-8000-000000000000' as BrokerOrder['id'] })).toEqual({
        kind: 'not_found',
      });
    });

    test('open orders come with the legs that no flat list shows', async () => {
      const { stop, target } = await held();
      const open = await ask({ kind: 'list_open_orders' });
      const ids = open.kind === 'orders' ? open.orders.flatMap(({ id, legs }) => [id, ...(legs ?? []).map((leg) => leg.id)]) : [];
      expect(ids).toEqual(expect.arrayContaining([stop.id, target.id]));
    });

    test('all orders since an instant are listed, ended or not', async () => {
      const { entry } = await held();
      const listed = await ask({ kind: 'list_orders', after: instant(0) });
      expect(listed.kind === 'orders' && listed.orders.some(({ id, status }) => id === entry.id && status === 'filled')).toBe(true);
    });

    test('money is spent once, and what is asked beyond it is refused', async () => {
      const before = await ask({ kind: 'read_account' });
      await held();
      const after = await ask({ kind: 'read_account' });
      if (before.kind !== 'account' || after.kind !== 'account') throw new Error('accounts were expected');
      expect(before.account.cash - after.account.cash).toBe(100 * cents(100));
      expect(after.account).toMatchObject({ id: before.account.id, blocked: null, suspended: false });
      expect(await ask(bracket({ shares: quantity(1_000_000) }))).toMatchObject({ kind: 'refused', reason: 'buying_power' });
    });

    test('a suspended account opens nothing until it is resumed', async () => {
      expect(await ask({ kind: 'suspend_account', on: true })).toEqual({ kind: 'done' });
      expect(await ask(bracket())).toMatchObject({ kind: 'refused' });
      const told = await ask({ kind: 'read_account' });
      expect(told.kind === 'account' && told.account.suspended).toBe(true);
      expect(await ask({ kind: 'suspend_account', on: false })).toEqual({ kind: 'done' });
      await orderOf(bracket());
    });

    test.each<Side>(['buy', 'sell'])('a side of %s is never turned round', async (side) => {
      const one = side === 'buy' ? await orderOf(bracket()) : (await held()).stop;
      expect(one.side).toBe(side);
    });

    test('the clock tells the time of the market, and when it opens and closes', async () => {
      const answer = await ask({ kind: 'read_clock' });
      if (answer.kind !== 'clock') throw new Error('a clock was expected');
      expect(answer.clock.isOpen).toBe(true);
      expect(answer.clock.nextClose).toBeGreaterThan(answer.clock.now);
      expect(answer.clock.nextOpen).toBeGreaterThan(answer.clock.nextClose);
    });
  });
}
