import { expect, test } from 'vitest';
import { illegalImports, importCycles, packagesUsed, servicesWithoutReadme, unreached } from './rules/layers.js';
import { readTree, tree } from './rules/tree.js';

const real = readTree();

const illegal: readonly [why: string, path: string, text: string, says: string][] = [
  ['the domain sees nothing else', 'src/domain/a.ts', "import { b } from '#engine/b';", 'domain may not see engine'],
  ['a type is an import too', 'src/domain/a.ts', "import type { B } from '#main/b';", 'domain may not see main'],
  ['so is an export from', 'src/domain/a.ts', "export { b } from '#engine/b';", 'domain may not see engine'],
  ['so is import() of a text', 'src/engine/a.ts', "const b = await import('#main/b');", 'engine may not see main'],
  ['so is a type by import()', 'src/engine/a.ts', "type B = import('#adapters/x/b').B;", 'engine may not see adapters'],
  ['a relative path hides nothing', 'src/domain/risk/a.ts', "import { b } from '../../engine/b.js';", 'not by a relative path'],
  ['the domain uses no module of node', 'src/domain/a.ts', "import { readFileSync } from 'node:fs';", 'domain is pure'],
  ['a service uses no third-party code', 'src/production/news/a.ts', "import x from 'left-pad';", 'production is pure'],
  ['a service does not know the engine', 'src/production/news/a.ts', "import { h } from '#engine/house';", 'production may not see engine'],
  [
    'a service does not know its neighbour',
    'src/production/news/a.ts',
    "import { s } from '#production/scanner/scanner';",
    'its neighbour scanner',
  ],
  ['a service does not know the plan', 'src/production/news/a.ts', "import { plan } from '#production/plan';", 'its neighbour the plan'],
  ['an adapter does not know another', 'src/adapters/files/a.ts', "import { b } from '#adapters/postgres/b';", 'its neighbour postgres'],
  ['an adapter sees the ports alone', 'src/adapters/files/a.ts', "import { h } from '#engine/house';", 'only the ports'],
  [
    'the engine does not know the simulation',
    'src/engine/a.ts',
    "import { m } from '#simulation/market';",
    'engine may not see simulation',
  ],
  [
    'the simulation does not know adapters',
    'src/simulation/a.ts',
    "import { f } from '#adapters/files/f';",
    'simulation may not see adapters',
  ],
  ['research is not shown production', 'src/research/a.ts', "import { plan } from '#production/plan';", 'research may not see production'],
  ['nobody imports main', 'src/adapters/files/a.ts', "import { cli } from '#main/cli';", 'adapters may not see main'],
  [
    'what is there for tests stays there',
    'src/engine/a.ts',
    "import { k } from '#engine/journal/testing/kill';",
    'may not use what is there for tests',
  ],
  ['a new layer needs a decision', 'src/glue/a.ts', "import { b } from '#domain/b';", 'glue is no layer'],
  ['there is no file outside the layers', 'src/a.ts', "import { b } from '#domain/b';", 'outside the layers'],
];
for (const [why, path, text, says] of illegal) {
  test(`imports: ${why}`, () => expect(illegalImports(tree({ [path]: text })).join()).toContain(says));
}

test('imports: what the layers allow passes', () => {
  const files = tree({
    'src/production/news/a.ts': "import { b } from '#domain/b'; import { c } from '#production/news/c';",
    'src/production/plan.ts': "import { news } from '#production/news/news';",
    'src/adapters/files/a.ts':
      "import type { P } from '#engine/ports/p'; import { f } from 'node:fs'; import duck from '@duckdb/node-api';",
    'src/main/cli.ts': "import { plan } from '#production/plan'; import { f } from '#adapters/files/f';",
    'src/domain/says.ts': "// import { b } from '#engine/b';\nexport const text = \"import { b } from '#engine/b'\";",
    'src/domain/a.test.ts': "import { expect } from 'vitest';",
  });
  expect(illegalImports(files)).toEqual([]);
});

test('cycles: a circle of three is named file by file', () => {
  const files = tree({
    'src/domain/a.ts': "import { b } from '#domain/b';",
    'src/domain/b.ts': "import { c, type C } from '#domain/c';",
    'src/domain/c.ts': "export { a } from '#domain/a';",
  });
  expect(importCycles(files)).toEqual(['src/domain/a.ts -> src/domain/b.ts -> src/domain/c.ts -> src/domain/a.ts']);
});

test('cycles: types alone make no circle', () => {
  const files = tree({ 'src/domain/a.ts': "import { b } from '#domain/b';", 'src/domain/b.ts': "import type { A } from '#domain/a';" });
  expect(importCycles(files)).toEqual([]);
});

test('cycles: two roads to one file are no circle', () => {
  const files = tree({
    'src/domain/a.ts': "import { b } from '#domain/b'; import { c } from '#domain/c';",
    'src/domain/b.ts': "import { c } from '#domain/c';",
    'src/domain/c.ts': 'export const c = 1;',
  });
  expect(importCycles(files)).toEqual([]);
});

test('dead files: what neither the program nor a worker, a bench or a test reaches is dead', () => {
  const files = tree({
    'src/main/cli.ts': "import { a } from '#domain/a'; new Worker(new URL('./day-worker.js', import.meta.url));",
    'src/main/day-worker.ts': "import { w } from '#domain/by-worker';",
    'src/domain/a.ts': '',
    'src/domain/by-worker.ts': '',
    'src/domain/by-bench.ts': '',
    'src/domain/by-test.ts': '',
    'src/domain/by-test.test.ts': "import { x } from '#domain/by-test';",
    'bench/run.mjs': "import { b } from '../dist/domain/by-bench.js';",
    'src/domain/dead.ts': "import { dead } from '#domain/dead-too';",
    'src/domain/dead-too.ts': "import { dead } from '#domain/dead';",
  });
  expect(unreached(files)).toEqual(['src/domain/dead.ts: nothing reaches it', 'src/domain/dead-too.ts: nothing reaches it']);
});

test('packages: the place of an import is its adapter or its layer', () => {
  const files = tree({
    'src/adapters/files/a.ts': "import duck from '@duckdb/node-api/lib/x'; import { f } from 'node:fs';",
    'src/main/cli.ts': "import { Command } from 'commander';",
  });
  expect(Object.fromEntries([...packagesUsed(files)].map(([name, at]) => [name, [...at]]))).toEqual({
    '@duckdb/node-api': ['adapters/files'],
    commander: ['main'],
  });
});

test('services: a service without a README is named', () => {
  const files = tree({
    'src/production/news/news.ts': '',
    'src/production/scanner/scanner.ts': '',
    'src/production/scanner/README.md': '# Scanner',
  });
  expect(servicesWithoutReadme(files)).toEqual(['src/production/news: no README.md']);
});

const rules = { illegalImports, importCycles, unreached, servicesWithoutReadme };
for (const [name, rule] of Object.entries(rules)) test(`this repository holds ${name}`, () => expect(rule(real)).toEqual([]));
