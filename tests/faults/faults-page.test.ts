import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue, type Fault, groups, type Standing } from './catalogue.js';
import { disagreements, faultPage, PAGE } from './fault-page.js';
import { allTitles, type FaultTitle, slashed, titlesIn } from './fault-titles.js';

const root = join(import.meta.dirname, '../..');
const titles = allTitles(root);
const page = readFileSync(join(root, PAGE), 'utf8').replaceAll('\r\n', '\n');

test('the page of the faults is what its generator makes (npm run faults)', () => {
  expect(page).toBe(faultPage(catalogue, titles));
});

test('titles name faults that exist, and every standing is what the titles allow', () => {
  expect(disagreements(catalogue, titles)).toEqual([]);
});

test('the catalogue has its 135 faults, each once, in order, in its group', () => {
  const counts = new Map([...groups.keys()].map((letter) => [letter, catalogue.filter(({ id }) => id[0] === letter).length]));
  expect([...counts.values()]).toEqual([18, 17, 11, 13, 8, 10, 13, 7, 5, 10, 6, 12, 5]);
  const expected = [...counts].flatMap(([letter, count]) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`));
  expect(catalogue.map(({ id }) => id)).toEqual(expected);
});

const fault = (standing: Standing, id = 'A1'): Fault => ({ id, says: 'x | y', layer: 'engine', standing });
const bears = (...ids: readonly string[]): FaultTitle => ({ ids, file: 'tests/a.test.ts', title: `${ids.join(', ')}: proved` });
const waits = { kind: 'not_yet', why: 'later' } as const;

describe('it is told', () => {
  test.each<readonly [what: string, faults: readonly Fault[], titles: readonly FaultTitle[], says: string]>([
    ['that a title names no fault', [fault(waits)], [bears('A1', 'A99')], 'names A99, which is no fault'],
    ['that what is marked covered has no test', [fault({ kind: 'covered' })], [], 'A1 is marked covered'],
    ['that only another fault has one', [fault({ kind: 'covered' })], [bears('I1')], 'A1 is marked covered'],
    ['that what is marked in part has none', [fault({ kind: 'partly', why: 'half' })], [], 'A1 is marked partly'],
    ['that what is marked not yet has one', [fault(waits)], [bears('B1', 'A1')], 'A1 is marked not_yet'],
    ['that a part which is not there has a test', [fault({ kind: 'not_ours', why: 'none' })], [bears('A1')], 'A1 is marked not_ours'],
  ])('%s', (_, faults, given, says) => expect(disagreements(faults, given).join()).toContain(says));

  test('by another page that a test was added, renamed or taken away', () => {
    const pages = [[], [bears('A1')], [{ ...bears('A1'), title: 'A1: again' }]].map((given) => faultPage([fault(waits)], given));
    expect(new Set(pages).size).toBe(3);
  });
});

test('the page tells the standing as it is declared, whatever tests bear the id', () => {
  const said = (standing: Standing): string => faultPage([fault(standing)], [bears('A1')]);
  expect(said({ kind: 'covered' })).toContain('1 of 1 faults');
  expect(said({ kind: 'covered' })).toContain('| A1 | x \\| y | engine | covered | `tests/a.test.ts`: A1: proved |');
  for (const standing of [waits, { kind: 'partly', why: 'half' }] as const) expect(said(standing)).toContain('0 of 1 faults');
});

describe('titles', () => {
  const found = (text: string): readonly string[] => titlesIn('a.test.ts', text).map(({ ids, title }) => `${ids.join('+')} ${title}`);
  test.each<readonly [text: string, expected: readonly string[]]>([
    ["test('A1: one', () => {})", ['A1 A1: one']],
    ["it('A1, A8: two', () => {})", ['A1+A8 A1, A8: two']],
    ["describe('B17 and C2: a group', () => { test('B1: inside', () => {}); });", ['B17+C2 B17 and C2: a group', 'B1 B1: inside']],
    [`test(\`E3: on \${day}\`, () => {})`, ['E3 E3: on …']],
    ["test.each([1])('F2: %i', () => {})", ['F2 F2: %i']],
    ["test.skipIf(x).each(rows)('F2: %s', () => {})", ['F2 F2: %s']],
    ["test.each([['G1: a', 1], ['plain', 2]])('%s is so', () => {})", ['G1 G1: a is so']],
    ["const rows = [['G1: a'], ['G2: b']] as const; test.each(rows)('%s', () => {})", ['G1 G1: a', 'G2 G2: b']],
    ["test.each([{ why: 'H1: a' }])('$why', () => {})", ['H1 H1: a']],
    ["for (const x of y) { test('A1: in a loop', () => {}); }", ['A1 A1: in a loop']],
    // A test that never runs proves nothing, and neither does a text that is no title.
    ["test.skip('A1: x', () => {}); it.todo('A2: y'); describe.skip('A3: z', () => { test('A4: w', () => {}); });", []],
    ["// test('A1: x')\nconst a = 'A1: x'; other('A1: x'); expect(x).toBe('A1: x');", []],
    ["test('A1 without a colon', () => {}); test('see A1: x', () => {}); test('AC-01: x', () => {}); test('C01: x', () => {})", []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));

  test('are told with the slashes of the page on every system', () => {
    expect(slashed('tests\\faults\\a.test.ts')).toBe('tests/faults/a.test.ts');
    expect(titles.filter(({ file }) => !/^(src|tests)\/[^\\]+\.test\.ts$/.test(file))).toEqual([]);
  });

  test('are found in the sources and among the tests', () => {
    for (const folder of ['src/', 'tests/']) expect(titles.some(({ file }) => file.startsWith(folder))).toBe(true);
  });
});
