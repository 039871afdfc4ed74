import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Alone, at, of } from '#tests/one-service';
import { asks, entryOf, filled, limited, openDay, spread } from '#tests/watched-account';

type Taken = {
  readonly symbol: number;
  readonly limit: number;
  readonly risk: number;
  readonly id: string;
  unfilled: number;
  held: number;
};

/** A second set of books, kept as simply as can be: what may still be bought counts in full until the broker has said otherwise. */
class Tally {
  cash = 1_000_000_000;
  readonly taken: Taken[] = [];

  get live(): readonly Taken[] {
    return this.taken.filter(({ unfilled, held }) => unfilled > 0 || held > 0);
  }

  get equity(): number {
    return this.live.reduce((sum, { held }) => sum + held * 1_000_000, this.cash);
  }

  expectWithinLimits(): void {
    const worst = this.live.reduce((sum, { unfilled, held, limit }) => sum + unfilled * limit + held * 1_000_000, 0);
    const reserved = this.live.reduce((sum, { unfilled, limit }) => sum + unfilled * limit, 0);
    expect(this.live.length).toBeLessThanOrEqual(5);
    expect(worst).toBeLessThanOrEqual(this.equity);
    expect(reserved).toBeLessThanOrEqual(this.cash);
    expect(this.live.reduce((sum, { risk }) => sum + risk, 0)).toBeLessThanOrEqual(this.equity * 0.05);
  }
}

type Step = { readonly what: 'ask' | 'fill' | 'reject' | 'cancel' | 'sell' | 'silence'; readonly which: number; readonly part: number };
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('ask', 'ask', 'ask', 'fill', 'fill', 'reject', 'cancel', 'sell', 'silence'),
  which: fc.nat(6),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
});

function ask(alone: Alone, tally: Tally, which: number, clock: string): void {
  for (const { intent, order } of of(asks(alone, which + 1, clock, { atr: 3000 + which * 2000 }), 'intent_approved')) {
    const id = `o${intent}`;
    alone.sees(entryOf(order.symbol, intent, id), at(clock));
    alone.sees(
      { ...entryOf(order.symbol, intent, id), order: { id: `stop ${id}`, role: 'stop', symbol: order.symbol, intent } } as never,
      at(clock),
    );
    alone.sees({ kind: 'order_accepted', order: `stop ${id}` as never }, at(clock));
    tally.taken.push({ symbol: order.symbol, limit: order.limit, risk: order.risk, id, unfilled: order.shares, held: 0 });
    tally.expectWithinLimits();
  }
}

function answer(alone: Alone, tally: Tally, { what, which, part }: Step, clock: string): void {
  const taken = tally.live[which % Math.max(1, tally.live.length)];
  if (taken === undefined) return;
  const shares = Math.ceil(taken.unfilled * part);
  if (what === 'fill' && shares > 0) {
    alone.sees(filled(taken.symbol, shares, 100, taken.id), at(clock));
    tally.cash -= shares * 1_000_000;
    taken.unfilled -= shares;
    taken.held += shares;
  } else if (what === 'reject' || what === 'cancel') {
    if (what === 'reject') alone.sees({ kind: 'order_rejected', order: taken.id as never, reason: 'buying_power' }, at(clock));
    else alone.sees({ kind: 'order_cancelled', order: taken.id as never, unfilled: taken.unfilled as never }, at(clock));
    taken.unfilled = 0;
  } else if (what === 'sell' && taken.held > 0) {
    alone.sees(filled(taken.symbol, -taken.held, 99.5, `exit ${taken.id}`), at(clock));
    tally.cash += taken.held * 995_000;
    taken.held = 0;
  }
}

test('X4: whatever is wanted, filled, refused or left without a word, no limit of the account is ever passed', () => {
  let approvals = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const alone = openDay(limited({ repeatsMax: 1000, lossTodayMax: 1e12 as never, positionMax: 0.3, orderValueMax: 1e12 as never }));
      spread(alone);
      const tally = new Tally();
      for (const [i, one] of steps.entries()) {
        const clock = `${10 + Math.floor(i / 30)}:${String((i % 30) * 2).padStart(2, '0')}`;
        if (one.what === 'ask') ask(alone, tally, one.which, clock);
        else answer(alone, tally, one, clock);
      }
      approvals += tally.taken.length;
    }),
    { numRuns: 200 },
  );
  expect(approvals).toBeGreaterThan(500);
});
