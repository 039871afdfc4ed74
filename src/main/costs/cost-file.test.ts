import { describe, expect, test } from 'vitest';
import { fileProblemText } from '#adapters/parameter-file/file-problem';
import { parseDollars } from '#domain/costs/pico-dollars';
import { costPlanIn } from '#main/costs/cost-file';
import { endpointOf } from '#main/costs/counted';

const whole = `phases:
  - phase: 1
    from: 2026-01-01
budgets:
  2: 250.50
fixed:
  - line: server
    monthly: 48
    from: 2026-09-01
    to: 2026-12-31
models:
  - provider: p
    model: m
    from: 2026-11-01
    input: 3
    cached: "0.300001"
    output: 15.25
calls:
  - vendor: alpaca
    from: 2026-09-01
    each: "0.00002"
`;

const problemOf = (text: string): string => {
  const read = costPlanIn('costs.yaml', text);
  return read.ok ? 'none' : fileProblemText(read.problem);
};

test('a file of costs is read exactly, and budgets that it does not name are those of the mission', () => {
  const read = costPlanIn('costs.yaml', whole);
  if (!read.ok) throw new Error(fileProblemText(read.problem));
  const { budgets, fixed, models, calls } = read.value;
  expect([budgets[1], budgets[2], budgets[3], budgets[4]]).toEqual(['63', '250.5', '389', '429'].map(parseDollars));
  expect(fixed).toEqual([{ line: 'server', monthly: parseDollars('48'), from: '2026-09-01', to: '2026-12-31' }]);
  expect([models[0]?.cached, models[0]?.output, calls[0]?.each, calls[0]?.endpoint]).toEqual([
    ...['0.300001', '15.25', '0.00002'].map(parseDollars),
    null,
  ]);
});

const rows: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
  ['no phase at all', '  - phase: 1\n    from: 2026-01-01\n', '', 'phases: expected at least one'],
  ['a phase that there is not', 'phase: 1', 'phase: 5', 'phases.0.phase: expected a phase from 1 to 4'],
  ['a day that there is not', 'from: 2026-11-01', 'from: 2026-02-30', 'models.0.from: expected a date'],
  ['an unknown name', 'monthly: 48', 'mounthly: 48', 'fixed.0.mounthly: expected one of line, monthly, from, to'],
  ['a price left out', '    output: 15.25\n', '', 'models.0.output: expected dollars'],
  ['an end before its beginning', 'to: 2026-12-31', 'to: 2026-08-31', 'fixed.0.to: expected a date not before 2026-09-01, where it begins'],
  ['less than nothing', 'monthly: 48', 'monthly: -48', 'fixed.0.monthly: expected dollars'],
  [
    'a price of a token finer than its unit',
    '"0.300001"',
    '"0.3000001"',
    'models.0.cached: expected dollars for a million tokens, with at most six decimals',
  ],
  ['a number with an exponent', '"0.00002"', '0.00000002', 'calls.0.each: expected dollars'],
  [
    'a record in the place of a list',
    'calls:\n  - vendor: alpaca\n    from',
    'calls:\n    vendor: alpaca\n    from',
    'calls: expected a list',
  ],
  ['a budget of no phase', '  2: 250.50', '  7: 250.50', 'budgets.7: expected one of 1, 2, 3, 4'],
];
describe('a file of costs is refused, with the place, for', () => {
  for (const [what, from, to, said] of rows)
    test(what, () => {
      expect(whole).toContain(from);
      expect(problemOf(whole.replace(from, to))).toContain(said);
    });
});

test('an endpoint is counted without what names one order, company or story', () => {
  const paths = ['/v2/orders/61e69015-8549-4bfd-b9c3-01e75843f47d', '/submissions/CIK0000320193.json', '/v2/stocks/bars', '/api/v2/news'];
  expect(paths.map((path) => endpointOf(new URL(path, 'https://host')))).toEqual([
    '/v2/orders/:id',
    '/submissions/:id',
    '/v2/stocks/bars',
    '/api/v2/news',
  ]);
});
