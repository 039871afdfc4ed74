/** One column of an indicator that somebody else computed, and the calculation that must give it. */
export type Oracle = {
  readonly file: string;
  readonly column: string;
  readonly calc: string;
  /** Our column; that of the calculation itself unless another one is meant. */
  readonly ours?: string;
  /** The first row, counted from 1, at which both conventions have come together; 1 unless the reason says why not. */
  readonly from?: number;
  /** The tool kept its numbers in 32-bit floats: its prices are taken as such, and its sums are within a unit of their last place. */
  readonly single?: true;
  /** What prices printed with too few digits leave open, in the unit of the answer. */
  readonly open?: number;
  /** Why a row later than the first, or more than half a unit of the last digit. */
  readonly because?: string;
};

const lean = (file: string, column: string, calc: string, more: Omit<Oracle, 'file' | 'column' | 'calc'> = {}): Oracle => ({
  file: `lean/${file}`,
  column,
  calc,
  ...more,
});
const skender = (file: string, column: string, calc: string, more: Omit<Oracle, 'file' | 'column' | 'calc'> = {}): Oracle => ({
  file: `skender/results/${file}.standard.json.gz`,
  column,
  calc,
  ...more,
});

const single = { single: true, because: 'computed from prices in single precision, and in it' } as const;
const ofAverages = { single: true, open: 0.00001, because: 'differences of averages of up to 280, in single precision' } as const;
const twoDigits = (open: number) => ({ open, because: 'its closes are printed with two digits and were computed with more' });

export const oracles: readonly Oracle[] = [
  lean('spy_atr.txt', 'Average True Range 14', 'atr:14/sma', single),
  lean('spy_atr_wilder.txt', 'Average True Range 14', 'atr:14', {
    from: 300,
    because:
      'begins a bar earlier, with the range of bar 1 as a true range, which TA-Lib leaves out: the difference of 0.035 fades by 13/14 a bar',
  }),
  lean('spy_bollinger_bands.txt', 'Moving Average 20', 'bollinger:20/2'),
  lean('spy_bollinger_bands.txt', 'Bollinger Bands® 20 2 Top', 'bollinger:20/2', {
    ours: 'bollinger_20_2_upper',
    ...single,
  }),
  lean('spy_bollinger_bands.txt', 'Bollinger Bands® 20 2 Bottom', 'bollinger:20/2', {
    ours: 'bollinger_20_2_lower',
    ...single,
  }),
  lean('spy_ema.csv', 'EMA14', 'ema:14'),
  lean('spy_max.txt', 'MAX_5', 'max:5'),
  lean('spy_min.txt', 'MIN_5', 'min:5'),
  lean('spy_natr.txt', 'NATR_5', 'natr:5'),
  lean('spy_with_adx.txt.gz', 'TR', 'tr'),
  lean('spy_with_adx.txt.gz', '+DI14', 'adx:14/wilder', { ours: 'adx_14_wilder_plus' }),
  lean('spy_with_adx.txt.gz', '-DI14', 'adx:14/wilder', { ours: 'adx_14_wilder_minus' }),
  lean('spy_with_adx.txt.gz', 'ADX 14', 'adx:14/wilder'),
  lean('spy_with_don50.txt', 'Donchian Channels 50 Top', 'donchian:50', { ours: 'donchian_50_upper' }),
  lean('spy_with_don50.txt', 'Donchian Channels 50 Bottom', 'donchian:50', { ours: 'donchian_50_lower' }),
  lean('spy_with_don50.txt', 'Donchian Channels 50 Mean', 'donchian:50'),
  lean('spy_with_ichimoku.csv.gz', 'Tenkan', 'donchian:9'),
  lean('spy_with_ichimoku.csv.gz', 'Kijun', 'donchian:26'),
  lean('spy_with_indicators.txt', 'SMA14', 'sma:14', twoDigits(0.001)),
  lean('spy_with_indicators.txt', 'EMA14', 'ema:14', twoDigits(0.001)),
  lean('spy_with_indicators.txt', 'MACD 12 26', 'macd:12/26/9/own', twoDigits(0.0002)),
  lean('spy_with_indicators.txt', 'RSI 14', 'rsi:14/sma', twoDigits(0.0003)),
  lean('spy_with_indicators.txt', 'RSI 14 Wilder', 'rsi:14'),
  lean('spy_with_keltner.csv', 'Keltner Channels 20 Top', 'keltner:20/1.5/20/sma', {
    ours: 'keltner_20_1.5_20_sma_upper',
    ...single,
  }),
  lean('spy_with_keltner.csv', 'Keltner Channels 20 Bottom', 'keltner:20/1.5/20/sma', {
    ours: 'keltner_20_1.5_20_sma_lower',
    ...single,
  }),
  lean('spy_with_keltner.csv', 'Middle Band', 'keltner:20/1.5/20/sma', {
    ...single,
  }),
  lean('spy_with_macd.txt', 'MACD', 'macd:12/26/9', ofAverages),
  lean('spy_with_macd.txt', 'Signal', 'macd:12/26/9', { ours: 'macd_12_26_9_signal', ...ofAverages }),
  lean('spy_with_macd.txt', 'Histogram', 'macd:12/26/9', { ours: 'macd_12_26_9_histogram', ...ofAverages }),
  lean('spy_with_obv.txt', 'OBV', 'obv:first', { open: 1000, because: 'seven digits of nine are printed, of its volumes too' }),
  lean('spy_with_rma.csv.gz', 'SMA5', 'sma:15', { because: 'the names of SMA5 and SMA15 are exchanged in the file' }),
  lean('spy_with_rma.csv.gz', 'SMA10', 'sma:10'),
  lean('spy_with_rma.csv.gz', 'SMA15', 'sma:5', { because: 'the names of SMA5 and SMA15 are exchanged in the file' }),
  lean('spy_with_roc50.txt', 'Rate of Change 50', 'mom:50', {
    ...single,
    because: 'a difference, not a rate: TA-Lib calls it MOM; in single precision',
  }),
  lean('spy_with_stoch12k3.txt', 'Stochastics 12 %K 3', 'stochastic:12/3/5', single),
  lean('spy_with_stoch12k3.txt', '%D 5', 'stochastic:12/3/5', { ours: 'stochastic_12_3_5_signal', ...single }),
  lean('spy_with_vwap.txt', 'Moving VWAP 50', 'mvwap:50/ohlc', single),
  lean('spy_with_williamsR14.txt', 'Williams %R 14', 'williamsr:14', single),
  skender('sma', 'sma', 'sma:20'),
  skender('sma-analysis', 'sma', 'sma:20'),
  skender('ma-env', 'centerline', 'sma:20'),
  skender('ema', 'ema', 'ema:20'),
  skender('smma', 'smma', 'rma:20'),
  skender('rsi', 'rsi', 'rsi:14'),
  skender('tr', 'tr', 'tr'),
  skender('atr', 'atr', 'atr:14'),
  skender('atr', 'tr', 'tr'),
  skender('atr', 'atrp', 'natr:14'),
  skender('atr-stop', 'atr', 'atr:21'),
  skender('bb', 'sma', 'bollinger:20/2'),
  skender('bb', 'upperBand', 'bollinger:20/2', { ours: 'bollinger_20_2_upper' }),
  skender('bb', 'lowerBand', 'bollinger:20/2', { ours: 'bollinger_20_2_lower' }),
  skender('macd', 'macd', 'macd:12/26/9/own'),
  skender('macd', 'signal', 'macd:12/26/9/own', { ours: 'macd_12_26_9_own_signal' }),
  skender('macd', 'histogram', 'macd:12/26/9/own', { ours: 'macd_12_26_9_own_histogram' }),
  skender('macd', 'fastEma', 'ema:12'),
  skender('macd', 'slowEma', 'ema:26'),
  skender('macd', 'macd', 'macd:12/26/9', {
    from: 320,
    because: 'its fast average begins by itself, which is macd:12/26/9/own; the difference fades by 25/27 a bar',
  }),
  skender('adx', 'adx', 'adx:14/wilder'),
  skender('adx', 'pdi', 'adx:14/wilder', { ours: 'adx_14_wilder_plus' }),
  skender('adx', 'mdi', 'adx:14/wilder', { ours: 'adx_14_wilder_minus' }),
  skender('adx', 'adx', 'adx:14', {
    from: 400,
    because: "begins as Wilder's book does, which is adx:14/wilder; the difference fades by 13/14 a bar, twice",
  }),
  skender('stoch', 'oscillator', 'stochastic:14/3/3'),
  skender('stoch', 'signal', 'stochastic:14/3/3', { ours: 'stochastic_14_3_3_signal' }),
  skender('keltner', 'centerline', 'keltner:20/2/10'),
  skender('keltner', 'upperBand', 'keltner:20/2/10', { ours: 'keltner_20_2_10_upper' }),
  skender('keltner', 'lowerBand', 'keltner:20/2/10', { ours: 'keltner_20_2_10_lower' }),
  skender('ichimoku', 'tenkanSen', 'donchian:9'),
  skender('ichimoku', 'kijunSen', 'donchian:26'),
  skender('roc-wb', 'roc', 'roc:20'),
  skender('obv', 'obv', 'obv'),
  skender('vwap', 'vwap', 'vwap:start'),
];

/** Columns that look like ours and are something else. */
export const notOurs: readonly (readonly [file: string, column: string, why: string])[] = [
  ['lean/spy_with_rma.csv.gz', 'RMA5', 'a relative moving average, SMA5 − SMA10 + SMA15, and not the smoothing of Wilder'],
  ['lean/spy_with_indicators.txt', 'OBV', 'the file has no volume to compute it from'],
  ['lean/spy_with_adx.txt.gz', 'TR14, +DM14, -DM14, DX, ADXR 14', 'steps on the way to its ADX, or of it, printed with two digits'],
];
