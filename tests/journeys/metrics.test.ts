import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasReference, reference } from '#tests/reference-data';
import { catalyst } from './catalyst.js';
import { newFolder } from './made-data.js';

type Figure = {
  readonly value: number | null;
  readonly missing?: string;
  readonly interval?: { readonly low: number; readonly high: number } | null;
};
type Document = {
  readonly series: { readonly count: number; readonly from: string; readonly to: string };
  readonly measures: Readonly<Record<string, Figure>>;
  readonly deepest: { readonly depth: number; readonly peak: string } | null;
  readonly longest: { readonly periods: number } | null;
  readonly benchmark?: { readonly comparison: Readonly<Record<string, Figure>> };
};

function measured(...args: readonly string[]): Document {
  const { code, out, err } = catalyst(['metrics', ...args, '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Document;
}

describe.skipIf(!hasReference)('two funds of 2001 to 2007 with known answers (needs CATALYST_REFERENCE)', () => {
  const [ige, spy] = ['ige', 'spy'].map((name) => reference(`data/open/performance_oracles/sharpe/sharpe-ratio-test-${name}.csv`)) as [
    string,
    string,
  ];
  const digits = 11;

  test('bought and held, with a risk-free of 4 %', () => {
    const { series, measures, deepest } = measured('--returns', ige, '--prices', '--risk-free', '0.04');
    // 1504 prices of both, the first of 2001-11-26.
    expect(series).toMatchObject({ count: 1503, from: '2001-11-27', to: '2007-11-14' });
    expect(measures['sharpeRatio']?.value).toBeCloseTo(0.789317538345, digits);
    expect(deepest?.depth).toBeCloseTo(0.31178396072, digits);
  });

  test('long the one and short the other, dollar neutral', () => {
    const { series, measures, deepest, longest } = measured('--returns', ige, '--short', spy, '--prices');
    expect(series.count).toBe(1503);
    expect(measures['sharpeRatio']?.value).toBeCloseTo(0.783681100181, digits);
    expect(deepest?.depth).toBeCloseTo(0.095292680472, digits);
    expect(longest?.periods).toBe(497);
  });
});

describe.skipIf(!hasReference)("series of pyfolio's tests (needs CATALYST_REFERENCE)", () => {
  const of = (name: string): string => reference(`data/open/performance_oracles/pyfolio/${name}`);

  // Of empyrical-reloaded 0.5.12; bench/metrics.mjs asks it again.
  test('packed and without a header, as empyrical has it', () => {
    const { series, measures } = measured('--returns', of('test_returns.csv.gz'));
    expect(series.count).toBe(1511);
    expect(measures['annualReturn']?.value).toBeCloseTo(0.0875482909761, 12);
    expect(measures['sharpeRatio']?.value).toBeCloseTo(0.451121366824, 11);
    expect(measures['sortinoRatio']?.value).toBeCloseTo(0.658788235093, 11);
    expect(measures['tailRatio']?.value).toBeCloseTo(0.992206720136, 11);
    expect(measures['stability']?.value).toBeCloseTo(0.00118892962305, 11);
  });

  test('in percent, beside a factor with the name of its column', () => {
    const { benchmark } = measured(
      '--returns',
      of('returns.csv'),
      '--percent',
      '--benchmark',
      of('factor_returns.csv'),
      '--benchmark-column',
      'materials',
    );
    expect(benchmark?.comparison['alpha']?.value).toBeCloseTo(-0.0655989867489, 11);
    expect(benchmark?.comparison['beta']?.value).toBeCloseTo(0.988206032164, 11);
  });
});

describe('metrics of made-up files', () => {
  const folder = newFolder('metrics');
  const file = (name: string, ...rows: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, `date,return\n${rows.join('\n')}\n`);
    return path;
  };
  const four = file('four.csv', '2020-01-02,0.02', '2020-01-03,-0.02', '2020-01-06,0.03', '2020-01-07,0.01');

  test('tell what was measured, how many, by which day-count, and how sure', () => {
    const { code, out } = catalyst(['metrics', '--returns', four, '--risk-free', '0.04', '--periods', '12']);
    expect(code).toBe(0);
    expect(out).toContain('four.csv (return): 4 returns, 2020-01-02 to 2020-01-07');
    expect(out).toContain('12 periods a year, each 1/12 of a year; risk-free 4.0000 % a year, 0.04 / 12 off each return');
    expect(out).toContain('less than a year: 4 periods');
    expect(out).toMatch(/Sharpe ratio +1\.0690 +-3\.2888 to 5\.4269 +annual; standard error/);
    expect(out).toMatch(/max drawdown +2\.0000 % +peak 2020-01-02, trough 2020-01-03, recovered 2020-01-06/);
  });

  test('say why a figure is missing, and never NaN', () => {
    const one = catalyst(['metrics', '--returns', file('one.csv', '2020-01-02,0.02')]).out;
    expect(one).toMatch(/Sharpe ratio +none: too few to say/);
    expect(one).toMatch(/Sortino ratio +none: none falls short/);
    expect(one).toMatch(/max drawdown +0\.0000 % +equity never fell/);
    const flat = catalyst([
      'metrics',
      '--returns',
      file('flat.csv', '2020-01-02,0', '2020-01-03,0', '2020-01-04,0'),
      '--benchmark',
      file('up.csv', '2020-01-02,1', '2020-01-03,1', '2020-01-04,1'),
    ]).out;
    expect(flat).toMatch(/beta +none: they never vary/);
    expect(one + flat).not.toMatch(/NaN|Infinity|null|undefined/);
  });

  test('refuse rows and dates with file and line, code 3', () => {
    const bad = catalyst(['metrics', '--returns', file('bad.csv', '2020-01-02,x')]);
    expect([bad.code, bad.out, bad.err]).toEqual([3, '', expect.stringContaining('bad.csv:2: return is "x", which is no number.')]);
    const other = catalyst(['metrics', '--returns', four, '--benchmark', file('hole.csv', '2020-01-02,1', '2020-01-06,1', '2020-01-07,1')]);
    expect([other.code, other.err]).toEqual([
      3,
      expect.stringMatching(/hole\.csv has no return of 2020-01-03, which .*four\.csv has \(line 3\)/),
    ]);
    const lost = catalyst([
      'metrics',
      '--returns',
      four,
      '--short',
      file('moon.csv', '2020-01-02,1', '2020-01-03,3', '2020-01-06,1', '2020-01-07,1'),
    ]);
    expect([lost.code, lost.err]).toEqual([3, expect.stringContaining('four.csv:3: with')]);
  });

  test.each([
    ['--periods', '0'],
    ['--periods', '-252'],
    ['--risk-free', 'x'],
    ['--risk-free', ''],
    ['--risk-free', '4'],
    ['--risk-free', '-1'],
  ])('refuse %s %s, code 2', (option, value) => {
    expect(catalyst(['metrics', '--returns', four, option, value]).code).toBe(2);
  });
  test('refuse prices in percent, code 2', () => {
    expect(catalyst(['metrics', '--returns', four, '--prices', '--percent']).code).toBe(2);
  });
});
