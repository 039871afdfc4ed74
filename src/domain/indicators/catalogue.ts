import { Adx } from '#domain/indicators/adx';
import { Atr } from '#domain/indicators/atr';
import { Bollinger } from '#domain/indicators/bollinger';
import { type Calculation, type Output, ofColumns, ofSession, type Parameter } from '#domain/indicators/calculation';
import { Donchian } from '#domain/indicators/donchian';
import { Ema } from '#domain/indicators/ema';
import { Keltner } from '#domain/indicators/keltner';
import { KeltnerOfMeans } from '#domain/indicators/keltner-of-means';
import { Macd } from '#domain/indicators/macd';
import { MeanTrueRange } from '#domain/indicators/mean-true-range';
import { MovingVwap } from '#domain/indicators/moving-vwap';
import { Obv } from '#domain/indicators/obv';
import { Rma } from '#domain/indicators/rma';
import { Roc } from '#domain/indicators/roc';
import { Rsi } from '#domain/indicators/rsi';
import { RsiOfMeans } from '#domain/indicators/rsi-of-means';
import { Sma } from '#domain/indicators/sma';
import { Stochastic } from '#domain/indicators/stochastic';
import { TrueRange } from '#domain/indicators/true-range';
import { VolumeProfile } from '#domain/indicators/volume-profile';
import { Vwap } from '#domain/indicators/vwap';
import { VwapBands } from '#domain/indicators/vwap-bands';
import { WilliamsR } from '#domain/indicators/williams-r';

const bars = (name: string, standard: number): Parameter => ({ name, standard, kind: 'bars' });
const factor = (standard: number): Parameter => ({ name: 'factor', standard, kind: 'factor' });
const price: Output = { suffix: '', unit: 'price' };
const plain: Output = { suffix: '', unit: 'plain' };
const named = (of: Output, ...suffixes: readonly string[]): readonly Output[] => suffixes.map((suffix) => ({ ...of, suffix }));
const band = named(price, '', 'upper', 'lower');
const none = {};

const first = (parameter = 0, later = 0) => {
  return (values: readonly number[]): number => (values[parameter] as number) + later;
};
type Values = readonly [number, number, number];
const three = (values: readonly number[]): Values => values as Values;

/** Every calculation that has a name of its own; candlesticks come from theirs. */
export const catalogue: readonly Calculation[] = [
  {
    name: 'sma',
    about: 'simple moving average of the close',
    parameters: [bars('period', 20)],
    variants: none,
    needs: ['close'],
    outputs: [price],
    warmUp: first(),
    convention: 'first on bar `period`',
    source: 'TA-Lib SMA',
    summed: first(),
    make: (table, [period = 0]) => {
      const kernel = new Sma(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'ema',
    about: 'exponential moving average of the close',
    parameters: [bars('period', 20)],
    variants: none,
    needs: ['close'],
    outputs: [price],
    warmUp: first(),
    convention: 'first on bar `period`: the mean of the first `period` closes',
    source: 'TA-Lib EMA',
    make: (table, [period = 0]) => {
      const kernel = new Ema(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'rma',
    about: "Wilder's smoothing of the close, an average of weight 1 / period",
    parameters: [bars('period', 14)],
    variants: none,
    needs: ['close'],
    outputs: [price],
    warmUp: first(),
    convention: 'first on bar `period`: the mean of the first `period` closes',
    source: 'Wilder 1978; TA-Lib has it only within RSI, ATR and ADX',
    make: (table, [period = 0]) => {
      const kernel = new Rma(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'rsi',
    about: 'relative strength index of the close, 0 to 100; 50 where nothing has moved',
    parameters: [bars('period', 14)],
    variants: { sma: "plain means of gains and losses in the place of Wilder's (Cutler)" },
    needs: ['close'],
    outputs: [plain],
    warmUp: first(0, 1),
    convention: 'first on bar `period` + 1: the means of the first `period` changes',
    source: 'TA-Lib RSI',
    make: (table, [period = 0], variant) => {
      const kernel = variant === 'sma' ? new RsiOfMeans(table, period) : new Rsi(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'macd',
    about: 'difference of two exponential averages of the close, its own average, and the difference of both',
    parameters: [bars('fast', 12), bars('slow', 26), bars('signal', 9)],
    variants: { own: 'the fast average begins by itself, with its first `fast` closes' },
    needs: ['close'],
    outputs: named(price, '', 'signal', 'histogram'),
    warmUp: (values) => three(values)[1] + three(values)[2] - 1,
    convention: 'all first on bar `slow` + `signal` − 1; the fast average begins where the slow one can, with its last `fast` closes',
    source: 'TA-Lib MACD',
    make: (table, values, variant) => {
      const kernel = new Macd(table, ...three(values), variant === 'own' ? 'own' : 'ta_lib');
      return ofColumns(kernel, kernel.value, kernel.signal, kernel.histogram);
    },
  },
  {
    name: 'tr',
    about: 'true range: the range of a bar with the close before it',
    parameters: [],
    variants: none,
    needs: ['high', 'low', 'close'],
    outputs: [price],
    warmUp: () => 2,
    convention: 'first on bar 2',
    source: 'TA-Lib TRANGE',
    make: (table) => {
      const kernel = new TrueRange(table);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'atr',
    about: 'average true range',
    parameters: [bars('period', 14)],
    variants: { sma: "a plain mean of the true ranges in the place of Wilder's" },
    needs: ['high', 'low', 'close'],
    outputs: [price],
    warmUp: first(0, 1),
    convention: 'first on bar `period` + 1: the mean of the true ranges of bars 2 to `period` + 1',
    source: 'TA-Lib ATR',
    make: (table, [period = 0], variant) => {
      const kernel = variant === 'sma' ? new MeanTrueRange(table, period) : new Atr(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'natr',
    about: 'average true range in percent of the close; 0 at a close of 0',
    parameters: [bars('period', 14)],
    variants: none,
    needs: ['high', 'low', 'close'],
    outputs: [plain],
    warmUp: first(0, 1),
    convention: 'as `atr`',
    source: 'TA-Lib NATR',
    make: (table, [period = 0]) => {
      const range = new Atr(table, period);
      const value = table.float64();
      return {
        update: (frame) => {
          range.update(frame);
          for (let s = 0; s < frame.width; s++) {
            const close = frame.close[s] as number;
            if ((frame.volume[s] as number) >= 0) value.values[s] = close === 0 ? 0 : (100 * (range.value.values[s] as number)) / close;
          }
        },
        read: (s) => (range.ready(s) ? (value.values[s] as number) : null),
      };
    },
  },
  {
    name: 'bollinger',
    about: 'simple average of the close with `factor` population deviations to either side',
    parameters: [bars('period', 20), factor(2)],
    variants: none,
    needs: ['close'],
    outputs: band,
    warmUp: first(),
    convention: 'first on bar `period`',
    source: 'TA-Lib BBANDS',
    summed: first(),
    make: (table, [period = 0, reach]) => {
      const kernel = new Bollinger(table, period, reach);
      return ofColumns(kernel, kernel.value, kernel.upper, kernel.lower);
    },
  },
  {
    name: 'keltner',
    about: 'exponential average of the close with `factor` average true ranges of Wilder over `range` bars to either side',
    parameters: [bars('period', 20), factor(2), bars('range', 10)],
    variants: { sma: 'plain means of the typical price and of the true range' },
    needs: ['high', 'low', 'close'],
    outputs: band,
    warmUp: (values) => Math.max(three(values)[0], three(values)[2] + 1),
    convention: 'first when `ema` and `atr` are both there',
    source: "Raschke's form; TA-Lib has none, its EMA and ATR are the parts",
    make: (table, values, variant) => {
      const kernel = variant === 'sma' ? new KeltnerOfMeans(table, ...three(values)) : new Keltner(table, ...three(values));
      return ofColumns(kernel, kernel.value, kernel.upper, kernel.lower);
    },
  },
  {
    name: 'donchian',
    about: 'highest high and lowest low, the current bar among them, and the middle between them',
    parameters: [bars('period', 20)],
    variants: none,
    needs: ['high', 'low'],
    outputs: band,
    warmUp: first(),
    convention: 'first on bar `period`',
    source: 'TA-Lib MAX of the highs and MIN of the lows; Stock.Indicators leaves the current bar out',
    make: (table, [period = 0]) => {
      const kernel = new Donchian(table, period);
      return ofColumns(kernel, kernel.value, kernel.upper, kernel.lower);
    },
  },
  ...(['max', 'min'] as const).map(
    (name): Calculation => ({
      name,
      about: `${name === 'max' ? 'highest' : 'lowest'} close, the current one among them`,
      parameters: [bars('period', 20)],
      variants: none,
      needs: ['close'],
      outputs: [price],
      warmUp: first(),
      convention: 'first on bar `period`',
      source: `TA-Lib ${name.toUpperCase()}`,
      make: (table, [period = 0]) => {
        const kernel = new Donchian(table, period);
        const running = ofColumns(kernel, name === 'max' ? kernel.upper : kernel.lower);
        return { ...running, update: (frame) => kernel.update({ ...frame, high: frame.close, low: frame.close }) };
      },
    }),
  ),
  {
    name: 'adx',
    about: 'average directional index with +DI and −DI, 0 to 100',
    parameters: [bars('period', 14)],
    variants: { wilder: 'sums begin with `period` movements and fade a bar later, as in the book and most spreadsheets' },
    needs: ['high', 'low', 'close'],
    outputs: named(plain, '', 'plus', 'minus'),
    warmUp: (values) => 2 * (values[0] as number),
    convention:
      'all first on bar 2 × `period`; sums begin with `period` − 1 movements and fade from the next one on, the index with the mean of the first `period` directions',
    source: 'TA-Lib ADX, PLUS_DI, MINUS_DI',
    make: (table, [period = 0], variant) => {
      const kernel = new Adx(table, period, variant === 'wilder' ? 'wilder' : 'ta_lib');
      return ofColumns(kernel, kernel.value, kernel.plus, kernel.minus);
    },
  },
  {
    name: 'stochastic',
    about: 'slow %K and %D, 0 to 100; 0 where a window has no range',
    parameters: [bars('period', 14), bars('smooth', 3), bars('signal', 3)],
    variants: none,
    needs: ['high', 'low', 'close'],
    outputs: named(plain, '', 'signal'),
    warmUp: (values) => values.reduce((sum, value) => sum + value, -2),
    convention: 'both first on bar `period` + `smooth` + `signal` − 2',
    source: 'TA-Lib STOCH with simple averages',
    make: (table, values) => {
      const kernel = new Stochastic(table, ...three(values));
      return ofColumns(kernel, kernel.value, kernel.signal);
    },
  },
  {
    name: 'williamsr',
    about: 'Williams %R, −100 to 0; 0 where a window has no range',
    parameters: [bars('period', 14)],
    variants: none,
    needs: ['high', 'low', 'close'],
    outputs: [plain],
    warmUp: first(),
    convention: 'first on bar `period`',
    source: 'TA-Lib WILLR',
    make: (table, [period = 0]) => {
      const kernel = new WilliamsR(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'roc',
    about: 'rate of change of the close over `period` bars in percent; 0 after a close of 0',
    parameters: [bars('period', 10)],
    variants: none,
    needs: ['close'],
    outputs: [plain],
    warmUp: first(0, 1),
    convention: 'first on bar `period` + 1',
    source: 'TA-Lib ROC',
    make: (table, [period = 0]) => {
      const kernel = new Roc(table, period);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'mom',
    about: 'change of the close over `period` bars',
    parameters: [bars('period', 10)],
    variants: none,
    needs: ['close'],
    outputs: [price],
    warmUp: first(0, 1),
    convention: 'first on bar `period` + 1',
    source: 'TA-Lib MOM',
    make: (table, [period = 0]) => {
      const kernel = new Roc(table, period, false);
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'obv',
    about: 'on-balance volume; the first bar makes it 0',
    parameters: [],
    variants: { first: 'begins with the volume of the first bar in the place of 0, as in TA-Lib' },
    needs: ['close', 'volume'],
    outputs: [{ suffix: '', unit: 'shares' }],
    warmUp: () => 2,
    convention: 'first on bar 2',
    source: 'Granville; TA-Lib OBV is `obv:first`',
    make: (table, _, variant) => {
      const kernel = new Obv(table);
      if (variant !== 'first') return ofColumns(kernel, kernel.value);
      const begins = table.float64();
      return {
        update: (frame) => {
          for (let s = 0; s < frame.width; s++) if (kernel.count.values[s] === 0) begins.values[s] = Math.max(0, frame.volume[s] as number);
          kernel.update(frame);
        },
        read: (s) => (kernel.ready(s) ? (begins.values[s] as number) + (kernel.value.values[s] as number) : null),
      };
    },
  },
  {
    name: 'vwap',
    about: 'volume-weighted average of (high + low + close) / 3 since the session opened',
    parameters: [],
    variants: { start: 'since the first bar of the file, whatever the session' },
    needs: ['high', 'low', 'close', 'volume'],
    outputs: [price],
    warmUp: () => 1,
    convention: "first on the session's first bar with a share, anew each session",
    source: 'of the trade; TA-Lib has none',
    make: (table, _, variant) => {
      const kernel = new Vwap(table);
      const running = ofSession(kernel, (s) => kernel.value(s));
      return variant === 'start' ? { update: (frame) => kernel.update({ ...frame, regular: true }), read: running.read } : running;
    },
  },
  {
    name: 'vwapbands',
    about: '`vwap` with `factor` volume-weighted deviations of the typical price to either side',
    parameters: [factor(2)],
    variants: none,
    needs: ['high', 'low', 'close', 'volume'],
    outputs: band,
    warmUp: () => 1,
    convention: 'as `vwap`; the bands of the first bar have no width',
    source: 'of the trade; TA-Lib has none',
    make: (table, [reach]) => {
      const kernel = new VwapBands(table, reach);
      return ofSession(
        kernel,
        (s) => kernel.value(s),
        (s) => kernel.upper(s),
        (s) => kernel.lower(s),
      );
    },
  },
  {
    name: 'mvwap',
    about: 'volume-weighted average of (high + low + close) / 3 over `period` bars',
    parameters: [bars('period', 20)],
    variants: { ohlc: 'of (open + high + low + close) / 4' },
    needs: ['high', 'low', 'close', 'volume'],
    variantNeeds: { ohlc: ['open'] },
    outputs: [price],
    warmUp: first(),
    convention: 'first on bar `period`',
    source: 'of the trade; LEAN weighs (open + high + low + close) / 4',
    make: (table, [period = 0], variant) => {
      const kernel = new MovingVwap(table, period, variant === 'ohlc');
      return ofColumns(kernel, kernel.value);
    },
  },
  {
    name: 'profile',
    about: 'volume profile since the session opened: point of control and the area of 70 % of the shares',
    parameters: [],
    variants: none,
    needs: ['high', 'low', 'close', 'volume'],
    outputs: named(price, '', 'high', 'low'),
    warmUp: () => 1,
    convention: "first on the session's first bar with a share, anew each session; a bar's shares lie at its typical price",
    source: 'Market Profile of the CBOT, by volume',
    make: (table) => {
      const kernel = new VolumeProfile(table);
      return ofSession(
        kernel,
        (s) => kernel.pointOfControl(s),
        (s) => kernel.valueAreaHigh(s),
        (s) => kernel.valueAreaLow(s),
      );
    },
  },
];
