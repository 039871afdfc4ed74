import { commonCandlesticks } from '#domain/candlesticks/common-candlesticks';
import { candlesOf, endsIn } from '#domain/patterns/bullish-candlestick';
import { axisOf, unmirrored } from '#domain/patterns/mirror';
import { bullPatterns } from '#domain/patterns/patterns';
import { type PatternKind, patternKinds } from '#domain/patterns/setup';
import type { Sighting } from '#domain/patterns/sighting';
import type { SymbolView } from '#domain/patterns/symbol-view';

/** A candlestick is judged by itself and at most so many bars before it. */
const CANDLES = 30;

/** Something that a study asks for; `asks` is given the view in which the side it speaks for is up. */
export type StudiedPattern = {
  readonly name: string;
  readonly side: 1 | -1;
  readonly group: 'chart' | 'candlestick';
  /** True, or the sighting in real prices, when it is there. */
  asks(up: SymbolView, real: SymbolView): Sighting | boolean;
};

/** The bull patterns, their twins (the same on a chart that stands on its head), and the common candlesticks on each side. */
export const studiedPatterns: readonly StudiedPattern[] = [
  ...([1, -1] as const).flatMap((side) =>
    bullPatterns.map((pattern, i): StudiedPattern => {
      const name = patternKinds[side === 1 ? i : i + bullPatterns.length] as PatternKind;
      return {
        name,
        side,
        group: 'chart',
        asks(up, real) {
          const found = pattern.find(up);
          if (found === null) return false;
          return side === 1 ? found : unmirrored(found, name, axisOf(real));
        },
      };
    }),
  ),
  ...commonCandlesticks.flatMap((one) =>
    ([1, -1] as const)
      .filter((side) => one.side === side || one.side === 'signed')
      .map(
        (side): StudiedPattern => ({
          name: one.side === 'signed' ? `${side === 1 ? 'bullish' : 'bearish'} ${one.name}` : one.name,
          side,
          group: 'candlestick',
          asks: (_, { fives }) => fives.length > 0 && endsIn(one, candlesOf(fives.slice(-CANDLES))) === side,
        }),
      ),
  ),
];
