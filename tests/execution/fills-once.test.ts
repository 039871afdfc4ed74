import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEnded } from '#domain/orders/life-cycle';
import { parts, working } from './held.js';
import { now, Script } from './script.js';

type Step =
  | { readonly kind: 'trade'; readonly shares: number }
  | { readonly kind: 'deliver'; readonly which: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'break' }
  | { readonly kind: 'restart' };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('trade' as const), shares: fc.integer({ min: 1, max: 90 }) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('deliver' as const), which: fc.nat(30) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 70_000 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('break' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  ),
  { maxLength: 40 },
);

/** What the house was told of fills, over all runs of one journal. */
const told = ({ journal }: Script): readonly string[] =>
  journal.flatMap(({ event }) => (event.kind === 'order_filled' ? [`${event.order} ${event.shares} ${event.price}`] : []));

test('C1 C2 C4 D13 G1: whatever is told twice, late, in disorder or never, every execution is applied once and in order', () => {
  fc.assert(
    fc.property(steps, (drawn) => {
      let script = working();
      let { entry } = parts(script);
      const happened: { readonly order: typeof entry; readonly fill: ReturnType<Script['fill']> }[] = [];
      const act = (step: Step): void => {
        if (step.kind === 'wait') script.wait(step.ms);
        if (step.kind === 'trade' && !(entry.status !== 'unknown' && isEnded(entry.status))) {
          const filled = Math.min(200, entry.filled + step.shares);
          const fill = script.fill(entry, filled - entry.filled, { cumulative: filled, dollars: 100 - happened.length / 100 });
          entry = now(entry, { status: filled === 200 ? 'filled' : 'partially_filled', filled });
          script.put(entry);
          script.world.executions.push(fill);
          script.world.positions = [script.position(filled, 0)];
          happened.push({ order: { ...entry, legs: null }, fill });
        }
        const news = step.kind === 'deliver' && happened.length > 0 ? happened[step.which % happened.length] : undefined;
        if (news !== undefined) script.news({ kind: 'order_news', order: news.order, execution: news.fill });
        if (step.kind === 'break') {
          script.news({ kind: 'line_lost', why: 'reset' });
          script.news({ kind: 'line_ready' });
        }
        if (step.kind === 'restart') {
          script = Script.again(script);
          script.execution.start(script.now);
          script.news({ kind: 'line_ready' });
        }
        // Never more than has happened, and only what has happened, in order.
        const expected = happened.map(({ fill }) => `${entry.clientId.slice(14, -2)} ${fill.shares} ${fill.price}`);
        expect(told(script)).toEqual(expected.slice(0, told(script).length));
      };
      for (const step of drawn) act(step);
      act({ kind: 'wait', ms: 130_000 });
      expect(told(script)).toHaveLength(happened.length);
      expect(script.journal.filter(({ event }) => event.kind === 'position_adjusted' || event.kind === 'difference_found')).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
