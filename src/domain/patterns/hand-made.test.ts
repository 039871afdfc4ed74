import { expect, test } from 'vitest';
import { mirrored } from '#domain/patterns/mirror';
import { bearPatterns, bullPatterns } from '#domain/patterns/patterns';
import { patternKinds } from '#domain/patterns/setup';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { OPEN, viewAt } from '#tests/charts/chart-view';
import { handMadeShapes } from '#tests/charts/hand-made-shapes';

const patterns = [...bullPatterns, ...bearPatterns];
const find = (kind: string, view: SymbolView) => patterns.find((one) => one.kind === kind)?.find(view) ?? null;

test('every kind has its pattern, and each bull pattern its drawing', () => {
  expect(patterns.map(({ kind }) => kind)).toEqual(patternKinds);
  expect(handMadeShapes.map(({ kind }) => kind)).toEqual(bullPatterns.map(({ kind }) => kind));
});

for (const { kind, view } of handMadeShapes) {
  const twin = patternKinds[patternKinds.indexOf(kind) + bullPatterns.length] as string;
  test(`${kind}: found where it was drawn, and its twin where the chart stands on its head`, () => {
    const found = find(kind, view);
    expect(found).toMatchObject({ kind, volumeConfirmed: true });
    const turned = mirrored(view);
    expect(find(twin, turned)).toMatchObject({ kind: twin, confidence: expect.closeTo(found?.confidence ?? 0, 9) });
    expect(find(twin, view)).toBeNull();
    expect(find(kind, turned)).toBeNull();
  });

  test(`${kind}: trigger, invalidation and lines stand on the right sides`, () => {
    const found = find(kind, view);
    const below = find(twin, mirrored(view));
    if (found === null || below === null) throw new Error('not found');
    const axis = 2 * (view.minutes[0]?.open ?? 0);
    expect(found.invalidation).toBeLessThan(found.trigger);
    expect(found.trigger).toBeLessThan(view.close);
    expect([below.trigger, below.invalidation]).toEqual([axis - found.trigger, axis - found.invalidation]);
    expect(below.drawing.map(({ points }) => points)).toEqual(
      found.drawing.map(({ points }) => points.map(({ minute, price }) => ({ minute, price: axis - price }))),
    );
    for (const { points } of found.drawing) expect(points.length).toBeGreaterThan(0);
  });

  test(`${kind}: it is there with the bar that makes it and not before`, () => {
    const at = (now: number) => find(kind, viewAt(view.minutes, now, { previousClose: view.previousClose }));
    const first = Array.from({ length: view.now - OPEN }, (_, i) => OPEN + 1 + i).find((now) => at(now) !== null);
    expect(first).toBeGreaterThan(view.now - 5);
  });

  test(`${kind}: more volume makes it surer, without an ATR it is nothing`, () => {
    const surer = [0, 0.9, 2, 3, 9].map((volumeRatio) => find(kind, { ...view, volumeRatio })?.confidence ?? 0);
    expect(surer[0]).toBeGreaterThanOrEqual(0.5);
    expect(surer).toEqual([...surer].sort((a, b) => a - b));
    expect((surer[3] as number) - (surer[0] as number)).toBeCloseTo(0.25, 9);
    expect(surer[4]).toBe(surer[3]);
    expect([1.49, 1.5].map((volumeRatio) => find(kind, { ...view, volumeRatio })?.volumeConfirmed)).toEqual([false, true]);
    expect(find(kind, { ...view, atr: 0 })).toBeNull();
  });
}
