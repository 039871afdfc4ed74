import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';

export const OPEN = 570;
export const e4 = (dollars: number): number => Math.round(dollars * 10_000);

/** Bars of five minutes from those of one: only whole spans, without those in which nothing traded. */
export function fivesOf(minutes: readonly ChartBar[], now: number): readonly ChartBar[] {
  const fives: ChartBar[] = [];
  for (let from = OPEN; from + 5 <= now; from += 5) {
    const inside = minutes.filter(({ minute }) => minute >= from && minute < from + 5);
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) continue;
    const high = Math.max(...inside.map((bar) => bar.high));
    const low = Math.min(...inside.map((bar) => bar.low));
    const volume = inside.reduce((sum, bar) => sum + bar.volume, 0);
    fives.push({ minute: from, open: first.open, high, low, close: last.close, volume });
  }
  return fives;
}

/** What may be looked at at `now`, from a session's minutes; what lies after it is left out. */
export function viewAt(all: readonly ChartBar[], now: number, known: Partial<SymbolView> = {}): SymbolView {
  const minutes = all.filter(({ minute }) => minute < now);
  const shares = minutes.reduce((sum, { volume }) => sum + volume, 0);
  const paid = minutes.reduce((sum, { high, low, close, volume }) => sum + ((high + low + close) / 3) * volume, 0);
  return {
    now,
    openMinute: OPEN,
    minutes,
    fives: fivesOf(minutes, now),
    previousClose: 0,
    premarketHigh: 0,
    premarketLow: 0,
    close: minutes.at(-1)?.close ?? 0,
    atr: 4000,
    vwap: shares > 0 ? paid / shares : 0,
    volumeRatio: 1.5,
    ...known,
  };
}

/** Five-minute bars by high and low in dollars; they open low and close high. The minutes of the view are not told apart. */
export function viewOfFives(
  bars: readonly (readonly [high: number, low: number])[],
  close: number,
  known: Partial<SymbolView> = {},
): SymbolView {
  const fives = bars.map(([high, low], i) => ({
    minute: OPEN + 5 * i,
    open: e4(low),
    high: e4(high),
    low: e4(low),
    close: e4(high),
    volume: 1000,
  }));
  const now = OPEN + 5 * bars.length;
  return { ...viewAt([], now), minutes: fives, fives, close: e4(close), ...known };
}

/** Minutes since the open and the close of each, in dollars; a minute opens where the one before has closed. */
export function minutesOf(closes: readonly number[], open = closes[0] as number): readonly ChartBar[] {
  return closes.map((close, i) => {
    const from = e4(i === 0 ? open : (closes[i - 1] as number));
    const to = e4(close);
    return { minute: OPEN + i, open: from, high: Math.max(from, to), low: Math.min(from, to), close: to, volume: 1000 };
  });
}
