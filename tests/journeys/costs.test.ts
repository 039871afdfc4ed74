import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalyst, objects } from './catalyst.js';
import { newFolder } from './made-data.js';

const work = newFolder('costs');
const config = join(work, 'costs.yaml');
const usage = join(work, 'usage.jsonl');
writeFileSync(
  config,
  `phases:
  - phase: 1
    from: 2020-01-01
fixed:
  - line: server
    monthly: 60
    from: 2020-01-01
calls:
  - vendor: alpaca
    from: 2020-01-01
    each: 0.01
`,
);
const used = (count: number, vendor = 'alpaca'): void =>
  writeFileSync(usage, `{"at":"2022-03-05T12:00:00Z","kind":"data_calls","vendor":"${vendor}","endpoint":"/v2/news","count":${count}}\n`);
const costs = (...more: readonly string[]) => catalyst(['costs', '--month', '2022-03', '--config', config, '--usage', usage, ...more]);

test('a month is added up against the budget of its phase, and says that no model was asked', () => {
  used(300);
  const { code, out, err } = costs('--check');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^server +every month +60\.0000 +60\.0000$/m);
  expect(out).toMatch(/^alpaca +data calls +300 +3\.0000 +3\.0000$/m);
  expect(out).toMatch(/^all of it +63\.0000 +63\.0000 +63\.0000 +under by 0\.0000$/m);
  expect(out).toMatch(/Models: no call was counted\. This version of catalyst makes none\./);
});

test('a cent above the budget is over, and with --check an exit code', () => {
  used(301);
  expect(costs('--check').code).toBe(1);
  expect(costs().out).toMatch(/OVER by 0\.0100$/m);
  expect(objects(costs('--json').out)[0]).toMatchObject({ isOver: true, spent: '63.0100', budget: '63.0000', modelCalls: false });
  expect(costs().code).toBe(0);
});

test('a vendor without a price is an error that names it and the day', () => {
  used(1, 'newsapi');
  const { code, err } = costs();
  expect(code).toBe(3);
  expect(err).toMatch(/no price of a call of newsapi \/v2\/news holds on 2022-03-05: add it to calls in/);
});

test('without a file of costs there is nothing to say', () => {
  expect(catalyst(['costs', '--config', join(work, 'none.yaml')])).toMatchObject({
    code: 3,
    err: expect.stringMatching(/there is no .*none\.yaml: .*costs\.md shows one/),
  });
});
