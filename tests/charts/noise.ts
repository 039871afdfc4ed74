import { Atr } from '#domain/indicators/atr';
import type { Pattern } from '#domain/patterns/sighting';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { columns } from '#tests/bar-columns';
import { fivesOf, OPEN, viewAt } from '#tests/charts/chart-view';
import { randomWalk } from '#tests/charts/random-walks';

const LAST = OPEN + 360;

/** Sightings that begin, a walk of one session: asked every five minutes from 09:45 to 15:30; one that lasts counts once. */
export function noiseOf(patterns: readonly Pattern[], { walks, volatility }: { walks: number; volatility: number }): readonly number[] {
  const began = patterns.map(() => 0);
  for (let seed = 1; seed <= walks; seed++) {
    const [before = [], today = []] = randomWalk(seed, 2, volatility);
    const table = new SymbolColumns(1);
    const atr = new Atr(table);
    const learn = (bars: readonly { open: number; high: number; low: number; close: number; volume: number }[]): void => {
      for (const { open, high, low, close, volume } of bars) atr.update(columns([[open, high, low, close, volume]]));
    };
    learn(fivesOf(before, LAST + 30));
    const fives = fivesOf(today, LAST + 30);
    learn(fives.slice(0, 2));
    const standing = patterns.map(() => false);
    for (let now = OPEN + 15; now <= LAST; now += 5) {
      learn(fives.slice((now - OPEN) / 5 - 1, (now - OPEN) / 5));
      const shares = (minutes: number): number =>
        today.slice(now - OPEN - minutes, now - OPEN).reduce((sum, { volume }) => sum + volume, 0) / minutes;
      const known = { previousClose: before.at(-1)?.close ?? 0, atr: atr.value.values[0] as number, volumeRatio: shares(5) / shares(20) };
      const view = viewAt(today, now, { ...known, ...(now < OPEN + 20 && { volumeRatio: 1 }) });
      for (const [i, pattern] of patterns.entries()) {
        const isThere = pattern.find(view) !== null;
        if (isThere && !standing[i]) began[i] = (began[i] as number) + 1;
        standing[i] = isThere;
      }
    }
  }
  return began.map((count) => count / walks);
}
