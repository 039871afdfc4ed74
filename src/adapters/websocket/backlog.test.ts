import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backlog } from '#adapters/websocket/backlog';

test('C8: whatever is added and taken, it is a queue, and knows how much waits', () => {
  const added = fc.integer({ min: 1, max: 3_000 }).map((count) => ({ count, isAdded: true }));
  const taken = fc.integer({ min: 1, max: 3_000 }).map((count) => ({ count, isAdded: false }));
  fc.assert(
    fc.property(fc.array(fc.oneof(added, taken), { maxLength: 12 }), (steps) => {
      const backlog = new Backlog();
      const plain: string[] = [];
      let numbered = 0;
      for (const { count, isAdded } of steps)
        for (let place = 0; place < count; place++) {
          if (isAdded) {
            backlog.add(`${numbered}`);
            plain.push(`${numbered++}`);
          } else if (backlog.take() !== plain.shift()) throw new Error('another one was taken');
        }
      expect([backlog.count, backlog.characters]).toEqual([plain.length, plain.join('').length]);
    }),
    { numRuns: 50 },
  );
});
