import { instant } from '#domain/values/instant';
/** Columns of the bars of symbols 0, 1, 2 … */
export function columns(bars) {
  const column = (i, absent) => Int32Array.from(bars, (bar) => (bar === null ? absent : bar[i]));
  return { width: bars.length, open: column(0, 0), high: column(1, 0), low: column(2, 0), close: column(3, 0), volume: column(4, -1) };
}
export function frame(minute, bars, regular = true) {
  return { ...columns(bars), minute, start: instant(minute * 60_000), present: bars.filter((bar) => bar !== null).length, regular };
}
/** A bar that opened and closed at one price. */
export const still = (close, volume = 100) => [close, close, close, close, volume];
/** Numbers from 0 to 1 that are the same in each run. */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
/** A random walk of bars; `absent` is the share of missing ones. */
export function walk(seed, length, absent = 0, start = 500_000) {
  const next = chance(seed);
  let last = start;
  return Array.from({ length }, () => {
    const open = Math.max(1000, last + Math.round((next() - 0.5) * 1000));
    const close = Math.max(1000, open + Math.round((next() - 0.5) * 4000));
    const bar = [
      open,
      Math.max(open, close) + Math.round(next() * 1500),
      Math.min(open, close) - Math.round(next() * 500),
      close,
      Math.floor(next() * 5000),
    ];
    if (next() < absent) return null;
    last = close;
    return bar;
  });
}
//# sourceMappingURL=bar-columns.js.map
