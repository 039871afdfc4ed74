import { describe, expect, test } from 'vitest';
import { faultsOf, judgeChange } from '#domain/parameters/judge-change';
import { expectedOf, faultOfValue, isTighter } from '#domain/parameters/judge-value';
import { leafNames, leafOf, withLeaf } from '#domain/parameters/leaves';
import type { Parameter, ParameterValue, Tighter, ValueKind } from '#domain/parameters/parameter';
import { parsedValue, settingOf, settingOfText, spokenText } from '#domain/parameters/value-text';
import { defaultSettings } from '#domain/settings';

const of = (kind: ValueKind, tighter: Tighter = 'unordered'): Parameter => ({ name: 'x', kind, tighter, says: '' });
const tickers = of({ is: 'names', of: 'tickers' });
const people = of({ is: 'names', of: 'people' });
const dollars = of({ is: 'dollars', least: 10_000, most: 20_000_000 });
const whole = of({ is: 'whole', least: 2, most: 4 });
const fraction = of({ is: 'fraction', least: 0.1, most: 0.5 });
const word = of({ is: 'word', words: ['first', 'second'] });
const flag = of({ is: 'switch' });

describe('a JSON text that may stand in the settings', () => {
  test.each<readonly [json: string, value: ParameterValue]>([
    ['0', 0],
    ['-0.5', -0.5],
    ['7', 7],
    ['10', 10],
    ['1.25', 1.25],
    ['1'.repeat(21), Number('1'.repeat(21))],
    [`0.${'1'.repeat(20)}`, Number(`0.${'1'.repeat(20)}`)],
    ['true', true],
    ['false', false],
    ['""', ''],
    ['"a b"', 'a b'],
    ['[]', []],
    ['["A"]', ['A']],
    ['["A","B","C"]', ['A', 'B', 'C']],
  ])('%s', (json, value) => expect(parsedValue(json)).toEqual(value));

  test.each([
    '1x',
    'x1',
    '1.',
    '1.x',
    '-',
    '--1',
    '00',
    '1'.repeat(22),
    `0.${'1'.repeat(21)}`,
    'x0.5',
    '0.5x',
    'truex',
    'xtrue',
    'xfalse',
    'falsex',
    '"a"x',
    'x"a"',
    '"a""',
    '"a',
    '"a\\"',
    '"a\nb"',
    '["A"]x',
    'x["A"]',
    '["A"',
    '["A",]',
    '["A""B"]',
    '["A",B]',
    '[true]',
    'undefined',
  ])('but not %j', (json) => expect(parsedValue(json)).toBeUndefined());
});

test.each<readonly [what: string, parameter: Parameter, good: readonly unknown[], bad: readonly unknown[]]>([
  ['dollars', dollars, [10_000, 20_000_000], [9_999, 20_000_001, 10_000.5, '10000', null, Number.NaN]],
  ['a whole number', whole, [2, 4], [1, 5, 2.5, '2', true, [2]]],
  ['a fraction', fraction, [0.1, 0.3, 0.5], [0.0999, 0.501, '0.3', null, Number.NaN]],
  ['a word', word, ['first', 'second'], ['third', '', 0, ['first']]],
  ['a switch', flag, [true, false], ['true', 0, 1, null, []]],
  [
    'tickers',
    tickers,
    [[], ['A'], ['BRK.B', 'BF-B', '3M'], ['ABCDEFGHIJ']],
    ['A', null, [1], [['A']], [''], ['a'], ['xA'], ['A b'], ['A$'], ['-A'], ['.A'], ['ABCDEFGHIJK'], ['A', 'A'], { length: 0 }],
  ],
  [
    'people',
    people,
    [[], ['ada'], ['Grace H.', 'zoë_1@b.c-d'], ['x'.repeat(40)]],
    ['ada', [''], [' ada'], ['.ada'], ['ada!'], ['!ada'], ['ada\n'], ['x'.repeat(41)], ['ada', 'ada'], [7]],
  ],
])('%s may be no more than that', (_, parameter, good, bad) => {
  for (const value of good) expect([value, faultOfValue(parameter, value)]).toEqual([value, null]);
  for (const value of bad) expect([value, faultOfValue(parameter, value)]).toEqual([value, expectedOf(parameter.kind)]);
});

test('a list has at most a thousand names', () => {
  const names = Array.from({ length: 1_001 }, (_, name) => `N${name}`);
  expect(faultOfValue(tickers, names.slice(1))).toBeNull();
  expect(faultOfValue(tickers, names)).toBe(expectedOf(tickers.kind));
});

test.each<readonly [tighter: Tighter, before: ParameterValue, tight: readonly ParameterValue[], loose: readonly ParameterValue[]]>([
  ['lower', 5, [4], [6]],
  ['higher', 5, [6], [4]],
  ['lower_but_zero_is_off', 5, [4], [6, 0]],
  ['lower_but_zero_is_off', 0, [4, 600], []],
  ['off', true, [false], []],
  ['off', false, [], [true]],
  ['more_names', ['A'], [['A', 'B']], [[], ['B'], ['B', 'C']]],
  ['more_names', [], [['A']], []],
  ['fewer_names_but_none_is_all', ['A', 'B'], [['A'], ['B']], [[], ['C'], ['A', 'C'], ['A', 'B', 'C']]],
  ['fewer_names_but_none_is_all', [], [['A', 'B']], []],
  ['unordered', 5, [], [4, 6]],
])('%s: from %j it is tighter to %j, and looser to %j', (tighter, before, tight, loose) => {
  const parameter = of({ is: 'number', least: 0, most: 1_000 }, tighter);
  for (const after of tight) expect([after, isTighter(parameter, before, after)]).toEqual([after, true]);
  for (const after of loose) expect([after, isTighter(parameter, before, after)]).toEqual([after, false]);
});

test('the words that come first are the tighter ones, and only words have an order of words', () => {
  const words = of({ is: 'word', words: ['first', 'second', 'third'] }, 'earlier_word');
  expect([isTighter(words, 'second', 'first'), isTighter(words, 'second', 'third')]).toEqual([true, false]);
  expect(isTighter(of({ is: 'switch' }, 'earlier_word'), true, false)).toBe(false);
});

test.each<readonly [parameter: Parameter, value: ParameterValue, text: string]>([
  [dollars, 20_000_000, '$2000'],
  [dollars, 15_005_000, '$1500.50'],
  [dollars, 15_000_001, '$1500.0001'],
  [dollars, 1_000_000_000, '$100000'],
  [fraction, 0.25, '0.25'],
  [word, 'first', 'first'],
  [flag, true, 'true'],
  [tickers, ['A', 'B'], '[A, B]'],
  [tickers, [], '[]'],
])('in a line it reads: %#', (parameter, value, text) => expect(spokenText(parameter, value)).toBe(text));

test.each<readonly [what: string, parameter: Parameter, spoken: unknown]>([
  ['dollars as a text', dollars, '1500'],
  ['dollars with a fifth decimal', dollars, 1500.00001],
  ['dollars that are no number', dollars, Number.NaN],
  ['dollars beyond what may be', dollars, 2000.01],
  ['another word', word, 'third'],
])('%s is refused with what was expected', (_, parameter, spoken) => {
  expect(settingOf(parameter, spoken)).toEqual({ ok: false, problem: { kind: 'bad_value', expected: expectedOf(parameter.kind) } });
});

test.each<readonly [parameter: Parameter, text: string, value: ParameterValue]>([
  [tickers, ' A ,, B', ['A', 'B']],
  [tickers, '  ', []],
  [people, 'ada, Grace H.', ['ada', 'Grace H.']],
  [word, 'second', 'second'],
  [flag, 'true', true],
  [whole, '3', 3],
  [dollars, '1500.5', 15_005_000],
])('on the command line: %#', (parameter, text, value) => expect(settingOfText(parameter, text)).toEqual({ ok: true, value }));

test('on the command line as well, what is no value is told', () => {
  expect(settingOfText(whole, 'three')).toEqual({ ok: false, problem: { kind: 'bad_value', expected: 'a whole number from 2 to 4' } });
});

describe('what is wrong is told:', () => {
  const detailOf = (name: string, value: string): string => {
    const judged = judgeChange(defaultSettings, name, value);
    return judged.kind === 'fault' ? judged.detail : '';
  };
  test('a text that is no value', () => {
    expect(detailOf('mode', '"normal')).toBe('mode: expected a value as JSON');
  });
  test('a value that is none of those that may be', () => {
    expect(detailOf('mode', '"reckless"')).toBe('mode: expected one of conservative, normal, aggressive');
  });
  test('a name that is not there, as far as it can be read', () => {
    expect(detailOf('x'.repeat(1_000), '1')).toBe(`there is no parameter ${'x'.repeat(80)}`);
  });
  test('two values that do not go together, by the first of them', () => {
    const settings = withLeaf(defaultSettings, 'limits.stopMin', 0.05);
    expect(faultsOf(settings)).toEqual([
      { name: 'limits.stopMin', expected: 'a fraction from 0.001 to 0.049 (0.05 is 5 %)' },
      { name: 'limits.stopMin', expected: 'limits.stopMin must be below limits.stopMax' },
    ]);
  });
});

describe('a name of the settings', () => {
  test.each<readonly [name: string, value: ParameterValue | undefined]>([
    ['mode', 'normal'],
    ['limits.stopAtrs', 2],
    ['scanner.weights.gap', defaultSettings.scanner.weights.gap],
    ['permitted.only', []],
    ['limits', undefined],
    ['limits.nothing', undefined],
    ['limits.nothing.more', undefined],
    ['mode.length.more', undefined],
    ['mode.length', undefined],
    ['permitted.only.length', undefined],
    ['limits.toString', undefined],
    ['', undefined],
  ])('%s', (name, value) => expect(leafOf(defaultSettings, name)).toEqual(value));

  test('changes that leaf and no other', () => {
    const changed = withLeaf(defaultSettings, 'scanner.weights.gap', 7);
    for (const name of leafNames(defaultSettings))
      expect([name, leafOf(changed, name)]).toEqual([name, name === 'scanner.weights.gap' ? 7 : leafOf(defaultSettings, name)]);
  });
});
