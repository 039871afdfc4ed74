import { type CandleBars, closeOf, highOf, isBeyond, isInsideBar, lowOf, type Way } from '#domain/candlesticks/candle';
import { near } from '#domain/candlesticks/candle-size';
import { type Candlestick, candlestick, speaks } from '#domain/candlesticks/candlestick';

/** Bars within which the false break may be confirmed. */
const CONFIRMED_WITHIN = 3;

/** Where a false break ends: +1 when it went down, so that the way is up; 0 when there is none. */
type FalseBreak = (bars: CandleBars, i: number) => Way | 0;

/** Both extremes leave the candle before in one direction; the trap is set the other way. */
function trapOf(bars: CandleBars, i: number): Way | 0 {
  const [high, low] = [highOf(bars, i), lowOf(bars, i)];
  const [highBefore, lowBefore] = [highOf(bars, i - 1), lowOf(bars, i - 1)];
  if (high < highBefore && low < lowBefore) return 1;
  return high > highBefore && low > lowBefore ? -1 : 0;
}

const afterInsideBar: FalseBreak = (bars, i) => (isInsideBar(bars, i - 1, i - 2) ? trapOf(bars, i) : 0);

/** As above with a second inside bar before, which closed at the end to which the false break goes. */
const afterTwoInsideBars: FalseBreak = (bars, i) => {
  const second = i - 2;
  if (!isInsideBar(bars, i - 1, second) || !isInsideBar(bars, second, i - 3)) return 0;
  const trap = trapOf(bars, i);
  const isNearLow = closeOf(bars, second) <= lowOf(bars, second) + near(bars, second);
  const isNearHigh = closeOf(bars, second) >= highOf(bars, second) - near(bars, second);
  return (trap === 1 && isNearLow) || (trap === -1 && isNearHigh) ? trap : 0;
};

/** Closes beyond the inside bar, on the side away from the false break. */
const confirms = (way: Way, bars: CandleBars, i: number, trappedAt: number): boolean =>
  isBeyond(way, closeOf(bars, i), way === 1 ? highOf(bars, trappedAt - 1) : lowOf(bars, trappedAt - 1));

/** The false break itself says 100, its first confirmation 200. Only the latest break of the last three bars can be confirmed. */
const hikkakeOf = (breakAt: FalseBreak, bars: CandleBars, i: number): number => {
  const way = breakAt(bars, i);
  if (way !== 0) return speaks(way, true);
  for (let at = i - 1; at >= i - CONFIRMED_WITHIN; at--) {
    const trapped = breakAt(bars, at);
    if (trapped === 0) continue;
    for (let between = at + 1; between < i; between++) if (confirms(trapped, bars, between, at)) return 0;
    return confirms(trapped, bars, i, at) ? 2 * speaks(trapped, true) : 0;
  }
  return 0;
};

/** Who follows the break of an inside bar is trapped when it fails: against the break. */
const hikkake = candlestick('hikkake', 5, (bars, i) => hikkakeOf(afterInsideBar, bars, i));

/** A hikkake after two inside bars, read as a reversal: against the break. */
const modifiedHikkake = candlestick('hikkakemod', 10, (bars, i) => hikkakeOf(afterTwoInsideBars, bars, i));

/** Breaks of an inside bar that fail. */
export const hikkakes: readonly Candlestick[] = [hikkake, modifiedHikkake];
