import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Mode } from '#domain/market/trading-day';
import { of } from '#tests/one-service';
import { LaterHouse } from './later-house.js';

const entries = (said: readonly Event[]): number => of(said, 'order_requested').filter(({ order }) => order.role === 'entry').length;
const reasons = (said: readonly Event[]): readonly string[] =>
  of(said, 'intent_refused').flatMap(({ refusals }) => refusals.map(({ kind }) => kind));

/** 100.00 a share, in 1e-4. */
const HUNDRED = 1_000_000;
const LOST_BY_PRICE = 15_000_000;

/** Comes to a loss of exactly so much, in 1e-4: by the price of what is held, or by what was sold, and by its fees. */
const ways: Readonly<Record<'held' | 'sold', (house: LaterHouse, loss: number) => readonly Event[]>> = {
  held(house, loss) {
    house.wants(0);
    const { shares } = house.order(0, 'entry');
    const drop = Math.floor(LOST_BY_PRICE / shares);
    house.fills(0, 'entry', { fees: loss - drop * shares });
    return house.minute('10:01', { 0: HUNDRED - drop });
  },
  sold(house, loss) {
    house.wants(0);
    house.fills(0, 'entry');
    const { shares } = house.order(0, 'entry');
    const drop = Math.floor(LOST_BY_PRICE / shares);
    const said = house.fills(0, 'stop', { at: HUNDRED - drop, fees: loss - drop * shares });
    return [...said, ...house.minute('10:01', {})];
  },
};

describe('the first hard rule, to the last 1e-4', () => {
  const modes: readonly Mode[] = ['normal', 'aggressive', 'conservative'];
  const losses: readonly [told: string, loss: number, passed: boolean][] = [
    ['−1,999.9999', 19_999_999, false],
    ['−2,000.0000', 20_000_000, false],
    ['−2,000.0001', 20_000_001, true],
  ];
  const rows = modes.flatMap((mode) =>
    (['held', 'sold'] as const).flatMap((way) => losses.map(([told, loss, passed]) => ({ mode, way, told, loss, passed }))),
  );

  test.each(rows)('$told, $way, $mode: passed is $passed', ({ mode, way, loss, passed }) => {
    const house = new LaterHouse((settings) => ({ ...settings, mode }));
    const said = ways[way](house, loss);
    expect(of(said, 'halt_ordered').map(({ reason, level, pnl }) => [reason, level, pnl])).toEqual(
      passed ? [['daily_loss', 'flatten', -loss]] : [],
    );
    const wanted = house.wants(1);
    expect(entries(wanted)).toBe(passed ? 0 : 1);
    expect(reasons(wanted)).toEqual(passed ? ['halted', 'daily_loss_passed'] : []);
  });

  test('what is held leaves at the very entry at which the limit is passed', () => {
    const house = new LaterHouse();
    const said = ways.held(house, 20_000_001);
    expect(of(said, 'order_requested').map(({ order }) => [order.role, order.type, order.reason])).toEqual([
      ['exit', 'market', 'emergency_stop'],
    ]);
  });

  test('once it is passed nothing is entered that day, whatever is won back; the next day begins anew', () => {
    const house = new LaterHouse();
    ways.held(house, 20_000_001);
    house.minute('10:02', { 0: 2 * HUNDRED });
    // Twice the price is believed when the next minute confirms it.
    house.minute('10:03', { 0: 2 * HUNDRED });
    expect(reasons(house.wants(1))).toEqual(['halted']);
    house.fills(0, 'exit', { at: 2 * HUNDRED });
    expect(reasons(house.wants(1))).toEqual(['halted']);
    house.closes();
    house.opens();
    expect(entries(house.wants(1))).toBe(1);
  });
});

describe('the second hard rule', () => {
  /** Room for five by every other rule. */
  const roomy = (): LaterHouse => new LaterHouse((settings) => ({ ...settings, mode: 'aggressive' }));

  test('the fifth position may be entered; with it pending, the sixth may not', () => {
    const house = roomy();
    for (const name of [0, 1, 2, 3]) {
      expect(entries(house.wants(name, { liquidShares: 100 }))).toBe(1);
      house.fills(name, 'entry');
    }
    expect(entries(house.wants(4, { liquidShares: 100 }))).toBe(1);
    house.confirms(4);
    const sixth = house.wants(5, { liquidShares: 100 });
    expect(entries(sixth)).toBe(0);
    expect(of(sixth, 'intent_refused').flatMap(({ refusals }) => refusals)).toContainEqual({
      kind: 'too_many_positions',
      held: 5,
      max: 5,
    });
  });

  test('the place of a pending one is free when the broker says that it has ended, and not when we ask for it', () => {
    const house = roomy();
    for (const name of [0, 1, 2, 3, 4]) house.wants(name, { liquidShares: 100 });
    for (const name of [0, 1, 2, 3]) house.fills(name, 'entry');
    house.minute('10:03', {});
    expect(of(house.said, 'cancel_requested').map(({ order }) => order)).toContain(house.order(4, 'entry').id);
    house.minute('11:30', {});
    expect(reasons(house.wants(5, { liquidShares: 100 }))).toContain('too_many_positions');
    house.cancels(4, 'entry');
    expect(reasons(house.wants(5, { liquidShares: 100 }))).not.toContain('too_many_positions');
  });

  test('a name is entered once, also while its first entry is pending', () => {
    const house = roomy();
    house.wants(0, { liquidShares: 100 });
    house.confirms(0);
    expect(reasons(house.wants(0, { liquidShares: 100 }))).toContain('position_in_symbol');
  });
});

describe('the third hard rule', () => {
  /** Enters a name and leaves it for a cent a share more or less. */
  function trade(house: LaterHouse, name: number, won: boolean): number {
    house.wants(name);
    const { shares } = house.order(name, 'entry');
    house.fills(name, 'entry');
    house.fills(name, won ? 'target' : 'stop', { at: HUNDRED + (won ? 100 : -100) });
    return shares;
  }
  /** A fifth of the equity, in whole shares at 100.00. */
  const full = (equity: number): number => Math.floor((equity * 0.2) / HUNDRED);
  const half = (equity: number): number => Math.floor(((equity * 0.2) / HUNDRED) * 0.5);

  test('three losses in a row halve the size from the fourth entry on, until a win', () => {
    const house = new LaterHouse((settings) => ({ ...settings, mode: 'aggressive' }));
    let equity = 1_000_000_000;
    const clocks = ['10:00', '10:05', '10:10', '11:30', '11:35', '14:00', '14:05'];
    const won = [false, false, false, false, true, false, false];
    const sizes = [full, full, full, half, half, full, full];
    for (const [i, clock] of clocks.entries()) {
      house.minute(clock, {});
      const shares = trade(house, i, won[i] === true);
      expect(`${clock} ${shares}`).toBe(`${clock} ${sizes[i]?.(equity)}`);
      equity += (won[i] === true ? 100 : -100) * shares;
    }
  });
});
