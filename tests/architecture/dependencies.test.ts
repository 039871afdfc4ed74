import { expect, test } from 'vitest';
import { homelessPackages, homes, lockedHosts, loosePins } from './rules/dependencies.js';
import { packagesUsed } from './rules/layers.js';
import { readTree, tree } from './rules/tree.js';

const real = readTree();
const manifest = (dependencies: Record<string, string>) => tree({ 'package.json': JSON.stringify({ dependencies }) });
const table = { duck: { home: 'adapters', because: 'quacks' } } as const;

for (const version of ['^1.0.0', '~1.0.0', '1.x', '*', 'latest', '>=1.0.0', 'file:../duck', '1.0']) {
  test(`a dependency at ${version} is not pinned`, () => expect(loosePins(manifest({ duck: version }))).toHaveLength(1));
}
test('a dependency at 1.5.6-r.1 is pinned', () => expect(loosePins(manifest({ duck: '1.5.6-r.1' }))).toEqual([]));

const rows: readonly [
  why: string,
  declared: readonly string[],
  used: Readonly<Record<string, readonly string[]>>,
  problems: readonly string[],
][] = [
  ['one adapter is its home', ['duck'], { duck: ['adapters/files'] }, []],
  [
    'two adapters are one too many',
    ['duck'],
    { duck: ['adapters/files', 'adapters/pond'] },
    ['duck: imported from adapters/files and adapters/pond'],
  ],
  ['main is not its home', ['duck'], { duck: ['main'] }, ['duck: imported from main, belongs in adapters']],
  ['what nobody imports goes', ['duck'], {}, ['duck: nobody imports it']],
  ['what is imported is declared', [], { duck: ['adapters/files'] }, ['duck: not among the dependencies']],
  [
    'a new one needs a reason',
    ['duck', 'goose'],
    { duck: ['adapters/files'], goose: ['main'] },
    ['goose: no reason is written down for it'],
  ],
];
for (const [why, declared, used, problems] of rows) {
  test(`packages: ${why}`, () => {
    const files = manifest(Object.fromEntries(declared.map((name) => [name, '1.0.0'])));
    const places = new Map(Object.entries(used).map(([name, at]) => [name, new Set(at)]));
    expect(homelessPackages(files, places, table)).toEqual(problems);
  });
}

test('a lock file that names a registry is refused', () => {
  const lock = JSON.stringify({ packages: { a: { resolved: 'https://registry.example/a.tgz' } } }, null, 2);
  expect(lockedHosts(tree({ 'package-lock.json': lock }))).toEqual(['package-lock.json: names https://registry.example']);
});

test('this repository pins every dependency', () => expect(loosePins(real)).toEqual([]));
test('this repository calls each package from one place, for a reason', () =>
  expect(homelessPackages(real, packagesUsed(real), homes)).toEqual([]));
test('the lock file of this repository names no registry', () => expect(lockedHosts(real)).toEqual([]));
