import { describe, expect, test } from 'vitest';
import type { DecisionRecord } from '#domain/decisions/decision-record';
import { type DropReason, dropBit } from '#domain/events/funnel';
import { at } from '#tests/one-service';
import { order, stamp, ToldDay, wanted } from './told-day.js';

/** A scan at 10:00 and at 10:05 that lets both names go. */
function dropped(
  reasons: readonly (readonly [symbol: number, reason: DropReason])[],
  again: readonly DropReason[] = [],
): readonly DecisionRecord[] {
  const day = new ToldDay(259);
  const scan = (clock: string, count: number, drops: readonly (readonly [number, DropReason])[]): void => {
    day.runsTo(clock);
    const told = { symbols: drops.map(([symbol]) => symbol), reasons: drops.map(([, reason]) => dropBit(reason)) };
    day.says({ kind: 'catalysts_confirmed', scan: count, minute: 600, kept: [], dropped: told }, at(clock));
  };
  scan('10:00', 1, reasons);
  scan(
    '10:05',
    2,
    again.map((reason) => [0, reason] as const),
  );
  return day.ends();
}

describe('a name that was let go', () => {
  const [first] = dropped([[0, 'no_catalyst']]);

  test('would have been entered by the plain plan: at the last close, a stop of 1 % while there is no ATR, two risks to the target', () => {
    const road = first?.roads.find(({ choice }) => choice === 'enter');
    // 100,000 dollars at 1 % and a stop 2.43 away are 411 shares; 20 % of them at 242.60 are 82.
    expect(road).toMatchObject({ shares: 82, sizedAlone: true, barrier: -1 });
    expect(road?.outcome).toMatchObject({ filled: 82, reason: 'protective_stop' });
    expect(first).toMatchObject({
      chosen: 'decline',
      recommended: 'decline',
      override: false,
      judgement: { grade: 'right', missedGain: 0 },
    });
    expect(first?.judgement.avoidedLoss).toBe(-(road?.outcome?.pnl ?? 0));
  });

  test('is named by the entry and the name, with why', () => {
    expect(first?.id).toBe(`${first?.sequence}-S0`);
    expect(first?.cause).toEqual({ kind: 'dropped', stage: 'catalysts_confirmed', reasons: ['no_catalyst'] });
  });

  test('for the same reason again is the same decision, counted; for another one it is another', () => {
    const records = dropped([[0, 'no_catalyst']], ['no_catalyst']);
    expect(records.map(({ repeats }) => repeats)).toEqual([1]);
    expect(dropped([[0, 'no_catalyst']], ['negative_catalyst'])).toHaveLength(2);
  });

  test('without a bar is not resolved, and nothing is made up', () => {
    const [silent] = dropped([[1, 'no_catalyst']]);
    expect(silent?.judgement).toEqual({ grade: 'unresolved', advantage: 0, avoidedLoss: null, missedGain: null });
  });
});

describe('an intent that was refused', () => {
  const refused = (shares: number): DecisionRecord | undefined => {
    const day = new ToldDay(259, '11:00');
    day.runsTo('10:00');
    const intent = day.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    const told = { symbol: order.symbol, side: 'buy', stop: order.stop, stamp } as const;
    day.says(
      {
        kind: 'intent_refused',
        intent,
        ...told,
        refusals: [{ kind: 'halted', level: 'pause_entries', reason: 'requested' }],
        shares: shares as typeof order.shares,
      },
      at('10:00'),
    );
    return day.ends()[0];
  };

  test.each([
    ['the shares that it would have become', 37, { shares: 37, sizedAlone: false }],
    ['what an empty account would take, when nothing was left', 0, { shares: 82, sizedAlone: true }],
  ])('is traded by its shadow in %s', (_, shares, road) => {
    expect(refused(shares)?.roads.find(({ choice }) => choice === 'enter')).toMatchObject({
      ...road,
      outcome: { reason: 'profit_target' },
    });
  });
});
