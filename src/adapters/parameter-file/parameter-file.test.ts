import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultFile } from '#adapters/parameter-file/default-file';
import { fileProblemText } from '#adapters/parameter-file/file-problem';
import { parseFile } from '#adapters/parameter-file/parsed-file';
import { readSettings, settingsIn } from '#adapters/parameter-file/read-settings';
import { createDefaultFile, withSetting, writeSetting } from '#adapters/parameter-file/write-settings';
import { disagreements } from '#domain/parameters/agreement';
import { faultsOf } from '#domain/parameters/judge-change';
import { leafOf, withLeaf } from '#domain/parameters/leaves';
import type { Parameter, ParameterValue } from '#domain/parameters/parameter';
import { allParameters } from '#domain/parameters/table';
import { defaultSettings } from '#domain/settings';

function named(name: string): Parameter {
  const parameter = allParameters.find((one) => one.name === name);
  if (parameter === undefined) throw new Error(`no parameter ${name}`);
  return parameter;
}
const read = (text: string) => settingsIn('c.yaml', text);
const saidOf = (text: string): string => {
  const settings = read(text);
  return settings.ok ? 'taken' : fileProblemText(settings.problem);
};
const folder = (): string => mkdtempSync(join(tmpdir(), 'parameters-'));

describe('what is taken', () => {
  test.each(['', '# nothing\n', '---\n', 'limits:\n', 'limits: {}\n', '\uFEFF# with a mark\n'])('%j is all defaults', (text) =>
    expect(read(text)).toEqual({ ok: true, value: defaultSettings }),
  );
  test('the default file is the default settings, and names them all', () => {
    expect(read(defaultFile())).toEqual({ ok: true, value: defaultSettings });
    const parsed = parseFile('c.yaml', defaultFile());
    for (const { name } of allParameters) expect(parsed.ok && parsed.value.document.hasIn(name.split('.')), name).toBe(true);
    for (const { says } of allParameters) expect(defaultFile()).toContain(says);
  });
  test('dollars, fractions, minutes, words and lists, the rest as it was', () => {
    const text =
      'mode: aggressive\nlimits:\n  lossTodayMax: 1500.50 # enough\n  positionMax: 0.1\npermitted:\n  never: [AAPL, "BRK.B"]\n  only:\n    - NVDA\n';
    const wanted = (
      [
        ['mode', 'aggressive'],
        ['limits.lossTodayMax', 15_005_000],
        ['limits.positionMax', 0.1],
        ['permitted.never', ['AAPL', 'BRK.B']],
        ['permitted.only', ['NVDA']],
      ] as const
    ).reduce((settings, [name, value]) => withLeaf(settings, name, value), defaultSettings);
    expect(read(text)).toEqual({ ok: true, value: wanted });
  });
});

const bomb = `a: &a [x,x,x,x]\n${'bcdefgh'
  .split('')
  .map((name, place) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[place]}`).join(',')}]`)
  .join('\n')}\n`;
const faults: readonly [why: string, text: string, said: RegExp][] = [
  ['an unknown name', 'mode: normal\nlimit:\n  a: 1\n', /^c\.yaml:2:1: limit: expected one of capital, mode, limits, /],
  ['an unknown name below', 'limits:\n  lossTodayMin: 1\n', /^c\.yaml:2:3: limits\.lossTodayMin: expected one of lossTodayMax, /],
  ['a name that objects have', 'limits:\n  constructor: 1\n', /^c\.yaml:2:3: limits\.constructor: expected one of /],
  ['a name that would change all objects', '__proto__:\n  polluted: 1\n', /^c\.yaml:1:1: __proto__: expected one of /],
  ['a name twice', 'mode: normal\nmode: aggressive\n', /^c\.yaml:2:1: expected plain YAML \(Map keys must be unique\)/],
  [
    'beyond a ceiling',
    'limits:\n  # much\n  lossTodayMax: 2000.01\n',
    /^c\.yaml:3:3: limits\.lossTodayMax: expected dollars from 1 to 2000$/,
  ],
  ['switched off', 'limits:\n  lossTodayMax: null\n', /^c\.yaml:2:3: limits\.lossTodayMax: expected dollars/],
  ['left empty', 'limits:\n  lossTodayMax:\n', /^c\.yaml:2:3: limits\.lossTodayMax: expected dollars/],
  [
    'percent',
    'limits:\n  positionMax: 5 %\n',
    /^c\.yaml:2:3: limits\.positionMax: expected a fraction from 0\.001 to 0\.2 \(0\.05 is 5 %\)$/,
  ],
  ['J8: a percentage where a fraction is meant', 'limits: {positionMax: 20}\n', /^c\.yaml:1:10: limits\.positionMax: expected a fraction/],
  ['half a position', 'limits:\n  openPositionsMax: 2.5\n', /expected a whole number from 1 to 5$/],
  ['no number', 'limits:\n  stopAtrs: .nan\n', /^c\.yaml:2:3: limits\.stopAtrs: expected a number/],
  ['no end', 'weights:\n  catalyst: .inf\n', /^c\.yaml:2:3: weights\.catalyst: expected a number/],
  ['huge', `weights:\n  catalyst: 1e999\n`, /^c\.yaml:2:3: weights\.catalyst: expected a number/],
  ['many digits', `capital: ${'9'.repeat(400)}\n`, /^c\.yaml:1:1: capital: expected dollars/],
  ['a fraction of a hundredth of a cent', 'capital: 1000.00001\n', /^c\.yaml:1:1: capital: expected dollars/],
  ['a text for a number', 'limits:\n  stopAtrs: "2"\n', /limits\.stopAtrs: expected a number/],
  ['yes for true', 'unexplainedSurge:\n  on: yes\n', /^c\.yaml:2:3: unexplainedSurge\.on: expected true or false$/],
  ['another word', 'mode: Normal\n', /^c\.yaml:1:1: mode: expected one of conservative, normal, aggressive$/],
  ['a branch that is a value', 'limits: 5\n', /^c\.yaml:1:1: limits: expected names with values below it$/],
  ['a value that is a branch', 'mode:\n  is: normal\n', /^c\.yaml:1:1: mode: expected one of/],
  [
    'values that contradict',
    'limits:\n  lossWarnAt: 0.95\n',
    /^c\.yaml:2:3: limits\.lossWarnAt: expected limits\.lossWarnAt must be below/,
  ],
  ['a list at the top', '- mode\n', /^c\.yaml:1:1: expected names with values/],
  ['a word at the top', 'hello\n', /^c\.yaml:1:1: expected names with values/],
  ['no YAML', 'mode: [normal\n', /^c\.yaml:\d+:\d+: expected plain YAML/],
  ['a tab', 'limits:\n\tstopAtrs: 2\n', /^c\.yaml:2:1: expected plain YAML/],
  ['two documents', 'mode: normal\n---\nmode: normal\n', /expected plain YAML/],
  ['an anchor', 'mode: &m normal\n', /^c\.yaml:1:\d+: expected values without anchors/],
  ['an alias', 'mode: normal\nlimits: *x\n', /^c\.yaml:2:9: expected/],
  ['a bomb of aliases', bomb, /expected/],
  ['a merge', 'a: &a {mode: normal}\n<<: *a\n', /expected values without anchors/],
  ['a tag', 'mode: !!str normal\n', /expected values without anchors, aliases or tags/],
  ['a tag of its own', 'mode: !!js/function "x"\n', /expected/],
  ['a thousand brackets', '['.repeat(60_000), /^c\.yaml:1:1: expected values that are not nested$/],
  ['a thousand dashes', `${'- '.repeat(30_000)}\n`, /expected values that are not nested/],
  ['a megabyte', `#${' '.repeat(1_000_000)}\n`, /^c\.yaml:1:1: expected at most 65536 bytes$/],
  ['a number as a name', '1: 2\n', /^c\.yaml:1:1: 1: expected one of/],
  ['a list as a name', '? [a]\n: 2\n', /expected/],
];
describe('what is refused, with its place', () => {
  test.each(faults)('%s', (_, text, said) => expect(saidOf(text)).toMatch(said));
  test('the first fault of several is told', () => expect(saidOf('mode: x\nlimits:\n  nothing: 1\n')).toMatch(/^c\.yaml:1:1: mode/));
  test('files that are none', () => {
    const at = folder();
    writeFileSync(join(at, 'latin.yaml'), Buffer.from([0x6d, 0xe4, 0x3a]));
    // Looked at and not read: nobody could hold it in memory.
    writeFileSync(join(at, 'big.yaml'), '');
    truncateSync(join(at, 'big.yaml'), 4_294_967_296);
    mkdirSync(join(at, 'folder.yaml'));
    const said = ['latin', 'big', 'folder', 'none'].map((name) => {
      const settings = readSettings(join(at, `${name}.yaml`));
      return settings.ok ? '' : fileProblemText(settings.problem).slice(at.length + 1);
    });
    expect(said).toEqual([
      'latin.yaml:1:1: expected a text in UTF-8',
      'big.yaml:1:1: expected at most 65536 bytes',
      expect.stringMatching(/folder\.yaml cannot be used/),
      'none.yaml cannot be used (ENOENT)',
    ]);
  });
  test('whatever the text is, there is an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void read(text)));
    const line = fc.tuple(
      fc.constantFrom('mode', 'limits', '  stopAtrs', '  lossTodayMax', '- a', '? b', '&x y', '"', '|', '%YAML 1.2', '!t'),
      fc.string(),
    );
    fc.assert(fc.property(fc.array(line), (lines) => void read(lines.map(([key, rest]) => `${key}: ${rest}`).join('\n'))));
  });
});

test('K1: whatever is put for any value of the default file, it is refused with its place, or is allowed and changes nothing else', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      '~',
      '-1',
      '0',
      '1e9',
      '1e-9',
      '.inf',
      '-.inf',
      '.nan',
      'true',
      '"off"',
      '[]',
      '{}',
      '0x7d0',
      '0o17',
      '2000.0001',
      '2_000',
    ),
    fc.double().map(String),
    fc.integer().map(String),
    fc.string(),
  );
  /** As it is written in the file, so far between the bounds of its kind. */
  const within = ({ kind }: Parameter, share: number): string => {
    if (!('least' in kind)) return '~';
    const value = kind.least + share * (kind.most - kind.least);
    return String(kind.is === 'dollars' ? Math.round(value) / 10_000 : kind.is === 'whole' ? Math.round(value) : value);
  };
  let taken = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...allParameters),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.option(odd, { freq: 1 }),
      (parameter, share, strange) => {
        const { name } = parameter;
        const value = strange ?? within(parameter, share);
        const lines = defaultFile().split('\n');
        const [branch = '', ...below] = name.split('.');
        let place = lines.findIndex((line) => line.startsWith(`${branch}:`));
        for (const [depth, leaf] of below.entries())
          place = lines.findIndex((line, later) => later > place && line.startsWith(`${'  '.repeat(depth + 1)}${leaf}:`));
        const [key = ''] = (lines[place] ?? '').split(':');
        const settings = read(lines.with(place, `${key}: ${value}`).join('\n'));
        if (!settings.ok) {
          expect(fileProblemText(settings.problem)).toMatch(/^c\.yaml:\d+:\d+: /);
          return;
        }
        taken++;
        expect([faultsOf(settings.value), disagreements(settings.value)]).toEqual([[], []]);
        expect(withLeaf(settings.value, name, leafOf(defaultSettings, name) ?? '')).toEqual(defaultSettings);
      },
    ),
    { numRuns: 300, seed: 11 },
  );
  expect(taken).toBeGreaterThan(10);
});

test('K2: a file that is cut at any byte is refused with its place, or holds only what is allowed', () => {
  const text =
    '# mine\nmode: conservative # calm\nlimits:\n  lossTodayMax: 1500.25\n  positionMax: 0.15\npermitted: {never: [AAPL, "BRK.B"]}\n';
  const taken = Array.from({ length: text.length }, (_, length) => read(text.slice(0, length))).filter((settings) => {
    if (settings.ok) expect(faultsOf(settings.value)).toEqual([]);
    else expect(fileProblemText(settings.problem)).toMatch(/^c\.yaml:\d+:\d+: /);
    return settings.ok;
  });
  expect(taken.length).toBeGreaterThan(10);
  expect(taken.length).toBeLessThan(text.length);
});

describe('writing a value back', () => {
  const own = `# my file\r\nmode:   normal   # calm\n\n\nlimits:   # hard\n    lossTodayMax:  2000   # dollars\n    # half\n    positionMax: 0.2\npermitted: {never: [ AAA,BBB ], only: []} # odd\n# the end`;
  const changes: readonly [name: string, value: ParameterValue, from: string, to: string][] = [
    ['mode', 'conservative', 'mode:   normal ', 'mode:   conservative '],
    ['limits.lossTodayMax', 15_002_500, '2000', '1500.25'],
    ['limits.positionMax', 0.15, '0.2', '0.15'],
    ['permitted.never', ['AAA', 'BRK.B', 'TRUE'], '[ AAA,BBB ]', '[AAA, "BRK.B", "TRUE"]'],
    ['permitted.only', ['ON1'], 'only: []', 'only: [ON1]'],
  ];
  test.each(changes)('%s changes its own characters and no other', (name, value, from, to) => {
    expect(withSetting({ file: 'c.yaml', text: own }, named(name), value)).toEqual({ ok: true, value: own.replace(from, to) });
  });
  test.each(allParameters)('$name in the default file: every other line stays as it is', (parameter) => {
    const before = leafOf(defaultSettings, parameter.name) ?? 0;
    const value = Array.isArray(before) ? ['AAA'] : before;
    const text = defaultFile();
    const next = withSetting({ file: 'c.yaml', text }, parameter, value);
    if (!next.ok) throw new Error(fileProblemText(next.problem));
    const [old, young] = [text.split('\n'), next.value.split('\n')];
    expect(young.length).toBe(old.length);
    expect(young.filter((line, place) => line !== old[place]).length).toBe(Array.isArray(before) ? 1 : 0);
  });
  test('a value that was left out is added, and the comments stay', () => {
    const next = withSetting({ file: 'c.yaml', text: '# mine\nlimits:\n  # far\n  stopAtrs: 3 # wide\n' }, named('mode'), 'aggressive');
    if (!next.ok) throw new Error(fileProblemText(next.problem));
    for (const part of ['# mine', '# far', 'stopAtrs: 3 # wide', 'mode: aggressive']) expect(next.value).toContain(part);
  });
  test('a list with dashes becomes the new one', () => {
    const next = withSetting({ file: 'c.yaml', text: '# a\npermitted:\n  never:\n    - AAA\n    - BBB\n# b\n' }, named('permitted.never'), [
      'CCC',
    ]);
    if (!next.ok) throw new Error(fileProblemText(next.problem));
    expect(next.value).toMatch(/# a\n(.*\n)*.*CCC(.*\n)*# b\n/);
  });
  test('K2: what would not be allowed is not written, and the old file stays to the byte', () => {
    const file = join(folder(), 'c.yaml');
    writeFileSync(file, own);
    expect(writeSetting(file, named('limits.lossTodayMax'), 20_000_001).ok).toBe(false);
    expect(writeSetting(file, named('limits.lossWarnAt'), 0.95).ok).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(own);
    expect(writeSetting(file, named('mode'), 'aggressive').ok).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(own.replace('mode:   normal', 'mode:   aggressive'));
    expect(readdirSync(join(file, '..'))).toEqual(['c.yaml']);
  });
  test('a file that is not understood is not written to', () => {
    const file = join(folder(), 'c.yaml');
    writeFileSync(file, 'mode: [\n');
    expect(writeSetting(file, named('mode'), 'aggressive').ok).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('mode: [\n');
  });
  test('the default file is never written over another', () => {
    const at = folder();
    const file = join(at, 'c.yaml');
    expect(createDefaultFile(file).ok).toBe(true);
    writeFileSync(file, 'mode: aggressive\n');
    expect(createDefaultFile(file)).toMatchObject({ ok: false, problem: { kind: 'unreadable', code: 'EEXIST' } });
    expect(readFileSync(file, 'utf8')).toBe('mode: aggressive\n');
    expect(createDefaultFile(join(at, 'no', 'c.yaml'))).toMatchObject({ ok: false, problem: { code: 'ENOENT' } });
    expect([readdirSync(at), existsSync(join(at, 'no'))]).toEqual([['c.yaml'], false]);
  });
});
