import { candlesticks } from '#domain/candlesticks/candlesticks';
import type { CandlestickPattern } from '#domain/indicators/candlestick-calculation';
import { catalogue } from '#domain/indicators/catalogue';
import { parseRequested, type Requested } from '#domain/indicators/requested';
import type { SeriesBar } from '#domain/indicators/series';
import { type Bar, walk } from '#tests/bar-columns';

/** A pattern that needs two bars before it, to try what every pattern goes through. */
const threeRises: CandlestickPattern = {
  name: 'threerises',
  lookback: 2,
  at: ({ close }, i) => ((close[i] as number) > (close[i - 1] as number) && (close[i - 1] as number) > (close[i - 2] as number) ? 100 : 0),
};
const patterns = new Map([...candlesticks, [threeRises.name, threeRises]]);

/** Each calculation with small parameters, so that all warm up within a few dozen bars, and each variant. */
export const everything: readonly Requested[] = catalogue.flatMap(({ name, parameters, variants }) => {
  const values = parameters.map(({ standard, kind }, i) => (kind === 'factor' ? standard : name === 'macd' ? [3, 6, 4][i] : 4 + i));
  const one = (variant: string): Requested[] => {
    const words = [...values, ...(variant === '' ? [] : [variant])].join('/');
    const parsed = parseRequested(`${name}:${words}`, patterns);
    if (!parsed.ok) throw new Error(`${name}:${words} is not understood`);
    return [...parsed.value];
  };
  return ['', ...Object.keys(variants)].flatMap(one);
});

export function requestedFor(text: string): readonly Requested[] {
  const parsed = parseRequested(text, patterns);
  if (!parsed.ok) throw new Error(`${text} is not understood`);
  return parsed.value;
}

export const allPatterns = (): readonly Requested[] => [...patterns.keys()].flatMap((name) => requestedFor(`cdl:${name}`));

/** Bars of a series, a session each `perSession` of them. */
export function seriesBars(bars: readonly Bar[], perSession = 30): readonly SeriesBar[] {
  return bars.flatMap((bar, i) =>
    bar === null
      ? []
      : [
          {
            open: bar[0],
            high: bar[1],
            low: bar[2],
            close: bar[3],
            volume: bar[4],
            session: Math.floor(i / perSession),
            regular: i % 11 !== 10,
          },
        ],
  );
}

export const walkedBars = (seed: number, length: number): readonly SeriesBar[] => seriesBars(walk(seed, length));
