import { expect, test } from 'vitest';
import type { StageEvent } from '#domain/events/funnel';
import { WidestScan } from '#production/reporting/widest-scan';

const kinds = ['candidates_found', 'catalysts_confirmed', 'indicators_agreed', 'setups_found', 'intents_chosen'] as const;

/** One scan of so many names at each stage. */
function scan(widest: WidestScan, counts: readonly [number, number, number, number, number], universe = 284): void {
  for (const [place, kind] of kinds.entries()) {
    const kept = Array.from({ length: counts[place] ?? 0 }, () => ({}));
    widest.see({ kind, scan: 1, minute: 600, universe, kept, dropped: { symbols: [], reasons: [] } } as unknown as StageEvent);
  }
}

test.each<readonly [what: string, scans: readonly (readonly [number, number, number, number, number])[], kept: number]>([
  [
    'the most names scanned',
    [
      [90, 9, 9, 9, 5],
      [100, 1, 0, 0, 0],
    ],
    1,
  ],
  [
    'where equal, the most with a catalyst',
    [
      [100, 20, 1, 0, 0],
      [100, 19, 19, 10, 5],
    ],
    0,
  ],
  [
    'where equal down to the setups, the most wanted',
    [
      [100, 20, 8, 3, 1],
      [100, 20, 8, 3, 2],
    ],
    1,
  ],
  [
    'where all is equal, the first',
    [
      [100, 20, 8, 3, 2],
      [100, 20, 8, 3, 2],
    ],
    0,
  ],
])('of several scans the report shows %s', (_, scans, kept) => {
  const widest = new WidestScan();
  for (const counts of scans) scan(widest, counts);
  const [scanned, catalyst, technical, pattern, intents] = scans[kept] ?? [];
  expect(widest.widest).toEqual({ universe: 284, scanned, catalyst, technical, pattern, intents });
  expect(widest.scans).toBe(scans.length);
  widest.clear();
  expect(widest.widest.scanned).toBe(0);
});
