import { expect, test } from 'vitest';
import { catalogue } from '#domain/indicators/catalogue';
import { parseRequested, usageOf } from '#domain/indicators/requested';

const doji = { name: 'doji', lookback: 10, at: () => 0 };
const patterns = new Map([[doji.name, doji]]);
const columnsOf = (text: string): readonly string[] => {
  const parsed = parseRequested(text, patterns);
  return parsed.ok ? parsed.value.flatMap(({ columns }) => columns) : [parsed.problem.kind];
};

test('parameters that are left out take their standard values, and names tell them all', () => {
  expect(columnsOf('rsi, MACD:5/35 ,bb:20/2.5,stoch,atr:14/sma,vwap,cdl:doji')).toEqual([
    'rsi_14',
    ...['macd_5_35_9', 'macd_5_35_9_signal', 'macd_5_35_9_histogram'],
    ...['bollinger_20_2.5', 'bollinger_20_2.5_upper', 'bollinger_20_2.5_lower'],
    ...['stochastic_14_3_3', 'stochastic_14_3_3_signal'],
    ...['atr_14_sma', 'vwap', 'cdl_doji'],
  ]);
});

const refused: readonly (readonly [text: string, kind: string])[] = [
  ['nonsense', 'unknown_calculation'],
  ['', 'unknown_calculation'],
  ['rsi,', 'unknown_calculation'],
  ['cdl:nonsense', 'unknown_candlestick'],
  ['rsi:0', 'bad_parameters'],
  ['rsi:-1', 'bad_parameters'],
  ['rsi:1.5', 'bad_parameters'],
  ['rsi:100001', 'bad_parameters'],
  ['rsi:14/9', 'bad_parameters'],
  ['rsi:14:9', 'bad_parameters'],
  ['macd:26/12/9', 'bad_parameters'],
  ['atr:sma/14', 'bad_parameters'],
  ['bollinger:20/x', 'bad_parameters'],
  ['bollinger:20/0', 'bad_parameters'],
  ['rsi:14,rsi', 'asked_twice'],
];
for (const [text, kind] of refused) {
  test(`"${text}" is ${kind}`, () => {
    expect(columnsOf(text)).toEqual([kind]);
  });
}

test('each calculation can be asked for as its usage says, and no two share a name', () => {
  for (const one of catalogue)
    for (const usage of usageOf(one).split(/ \(or |, |\)/)) if (usage !== '') expect(columnsOf(usage)[0]).toContain(one.name);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});
