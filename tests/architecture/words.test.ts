import { expect, test } from 'vitest';
import { impurities } from './rules/purity.js';
import { otherDoors } from './rules/terminal.js';
import { type Problem, readTree, type Tree, tree } from './rules/tree.js';
import { forgedApprovals, looseTypes, unfinishedWork, vagueFiles, vagueNames } from './rules/words.js';

const real = readTree();
const domain = 'src/domain/a.ts';
const note = ['TO', 'DO'].join('');

type Rule = (files: Tree) => readonly Problem[];

const bad: readonly [rule: Rule, path: string, text: string, says: string][] = [
  [impurities, domain, 'const now = Date.now();', 'Date brings in the outside'],
  [impurities, domain, 'const now = new Date();', 'Date brings in the outside'],
  [impurities, domain, 'const dice = Math.random();', 'Math.random is not known to agree'],
  [impurities, domain, 'const x = Math.pow(2, 3);', 'Math.pow is not known to agree'],
  [impurities, domain, "const x = Math['pow'](2, 3);", 'Math other than by Math.name'],
  [impurities, domain, 'const { pow } = Math;', 'Math other than by Math.name'],
  [impurities, domain, 'const x = 2 ** 3;', '** differs'],
  [impurities, domain, 'let x = 2; x **= 3;', '** differs'],
  [impurities, domain, "void fetch('x');", 'fetch brings in the outside'],
  [impurities, domain, 'setTimeout(() => {}, 1);', 'setTimeout brings in the outside'],
  [impurities, domain, 'queueMicrotask(() => {});', 'queueMicrotask brings in the outside'],
  [impurities, domain, 'const home = process.env;', 'process brings in the outside'],
  [impurities, domain, 'const all = { process };', 'process brings in the outside'],
  [impurities, domain, 'const all = globalThis;', 'globalThis brings in the outside'],
  [impurities, domain, 'const t = performance.now();', 'performance brings in the outside'],
  [impurities, domain, 'const id = crypto.randomUUID();', 'crypto brings in the outside'],
  [impurities, domain, "console.log('x');", 'console brings in the outside'],
  [impurities, domain, "const order = 'a'.localeCompare('b');", 'localeCompare depends on the machine'],
  [impurities, 'src/production/news/a.ts', 'try { x(); } catch {}', 'no weather to catch'],
  [impurities, 'src/production/news/a.ts', 'export async function x() {}', 'never waits'],
  [impurities, 'src/engine/a.ts', 'const now = Date.now();', 'Date brings in the outside'],
  [impurities, 'src/simulation/a.ts', 'const dice = Math.random();', 'Math.random is not known to agree'],
  [otherDoors, 'src/main/a.ts', "console.log('x');", 'console.log writes past src/main/terminal.ts'],
  [otherDoors, 'src/main/a.ts', "process.stderr.write('x');", 'process.stderr writes past src/main/terminal.ts'],
  [forgedApprovals, 'src/production/trading/a.ts', 'const ok = order as Approved<Order>;', 'only src/domain/risk/approval.ts approves'],
  [forgedApprovals, 'src/main/a.ts', 'send(order as unknown as Approved<Order>);', 'only src/domain/risk/approval.ts approves'],
  [forgedApprovals, 'src/main/a.ts', 'const all = orders as readonly Approved<Order>[];', 'only src/domain/risk/approval.ts approves'],
  [looseTypes, domain, 'const x: any = 1;', 'checks nothing'],
  [looseTypes, domain, 'const x = y as any;', 'checks nothing'],
  [looseTypes, domain, 'const x = new Map<string, any>();', 'checks nothing'],
  [looseTypes, domain, 'const x = y!.z;', 'a non-null assertion'],
  [looseTypes, domain, '// @ts-ignore\nconst x = 1;', 'silences the compiler'],
  [looseTypes, 'src/domain/a.test.ts', 'const x = y![0];', 'a non-null assertion'],
  [unfinishedWork, domain, `// ${note}: later`, 'unfinished work'],
  [vagueFiles, 'src/domain/price-v2.ts', '', 'a version in a name'],
  [vagueFiles, 'src/domain/price.v10.ts', '', 'a version in a name'],
  [vagueFiles, 'src/domain/index.ts', '', 'name the file you mean'],
  [vagueFiles, 'src/domain/OrderBook.ts', '', 'not kebab-case'],
  [vagueFiles, 'src/domain/order-utils.ts', '', 'does not say what it is'],
  [vagueFiles, 'src/domain/order-manager.ts', '', 'does not say what it is'],
  [vagueFiles, 'src/domain/helpers/order.ts', '', 'does not say what it is'],
  [vagueNames, domain, 'export default function x() {}', 'a default export'],
  [vagueNames, domain, 'const x = 1; export default x;', 'a default export'],
  [vagueNames, domain, 'const x = 1; export { x as default };', 'a default export'],
  [vagueNames, domain, 'class OrderManager {}', 'OrderManager does not say'],
  [vagueNames, domain, 'export const orderUtils = {};', 'orderUtils does not say'],
  [vagueNames, domain, 'type BrokerBase = {};', 'BrokerBase does not say'],
  [vagueNames, domain, 'class BrokerImpl {}', 'BrokerImpl does not say'],
  [vagueNames, domain, 'interface IBroker {}', 'IBroker carries a prefix'],
  [vagueNames, domain, "type E = { readonly kind: 'orderFilled' };", 'not snake_case'],
];
for (const [rule, path, text, says] of bad) {
  test(`${rule.name} refuses ${path}: ${text.replaceAll('\n', ' ')}`, () => expect(rule(tree({ [path]: text })).join()).toContain(says));
}

const good: readonly [rule: Rule, path: string, text: string][] = [
  [impurities, domain, "// Date.now(), Math.pow and 2 ** 3 are words here.\n/** new Date() */ const text = 'process.env ** fetch(1)';"],
  [impurities, domain, 'type SessionDate = string; const day = { Date: 1, process: 2 }; const d = day.Date + day.process;'],
  [impurities, domain, 'export function sharpe(performance: number) { return performance * 2; }'],
  [impurities, domain, 'const x = Math.sqrt(Math.log(2)) + Math.PI;'],
  [impurities, domain, 'const text = `2 ** 3 and Date`;'],
  [impurities, 'src/domain/a.test.ts', 'const now = Date.now();'],
  [impurities, 'src/engine/a.ts', 'export async function x() { try { await y; } catch {} }'],
  [impurities, 'src/main/a.ts', 'const now = performance.now();'],
  [otherDoors, 'src/main/terminal.ts', "process.stdout.write('x');"],
  [otherDoors, 'src/main/a.ts', "const said = 'console.log'; process.exitCode = 1;"],
  [forgedApprovals, 'src/domain/risk/approval.ts', 'const ok = order as Approved<Order>;'],
  [forgedApprovals, 'src/main/a.ts', "// as Approved\nconst text = 'as Approved<Order>'; const n = x as Instant;"],
  [looseTypes, domain, "// any, x!\nconst any = 1; const said = 'any'; const not = !any; const differs = any !== 2;"],
  [vagueFiles, 'src/production/risk-manager/risk-manager.test.ts', ''],
  [vagueFiles, 'src/simulation/year.full.test.ts', ''],
  [vagueNames, domain, 'export const riskManager = 1; export type Branded<Base> = Base; const database = 1; type Intent = 1;'],
  [vagueNames, domain, "switch (x) { default: break; } type E = { readonly kind: 'order_filled' };"],
];
for (const [rule, path, text] of good)
  test(`${rule.name} allows ${path}: ${text.replaceAll('\n', ' ')}`, () => expect(rule(tree({ [path]: text }))).toEqual([]));

const rules = { impurities, otherDoors, forgedApprovals, looseTypes, unfinishedWork, vagueFiles, vagueNames };
for (const [name, rule] of Object.entries(rules)) test(`this repository holds ${name}`, () => expect(rule(real)).toEqual([]));
