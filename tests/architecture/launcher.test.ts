import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const places: string[] = [];

afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

/** A house of one source and its build, a minute younger than the source, with a program that says which words it got. */
function checkout(): string {
  const place = mkdtempSync(join(tmpdir(), 'catalyst-launcher-'));
  places.push(place);
  for (const folder of ['bin', '.git', 'src/main', 'dist/main']) mkdirSync(join(place, folder), { recursive: true });
  cpSync(join(import.meta.dirname, '../../bin'), join(place, 'bin'), { recursive: true });
  writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(place, 'dist/main/cli.js'), "console.log('ran', ...process.argv.slice(2)); process.exitCode = 3;");
  writeFileSync(join(place, 'src/main/tsconfig.json'), '{}');
  for (const file of ['src/main/cli.ts', 'src/main/cli.test.ts', 'dist/main.tsbuildinfo']) writeFileSync(join(place, file), '');
  age(join(place, 'src/main/cli.ts'), 60);
  return place;
}

const age = (file: string, seconds: number): void => utimesSync(file, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);

function launch(
  place: string,
  ...node: readonly string[]
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [...node, join(place, 'bin/catalyst.js'), 'day', '--json'], { encoding: 'utf8' });
}

const asNode = (version: string): string =>
  `--import=data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`;

test('a built checkout runs, with its words and its exit code', () => {
  expect(launch(checkout())).toMatchObject({ status: 3, stdout: 'ran day --json\n', stderr: '' });
});

test('a younger test does not make the build stale', () => {
  const place = checkout();
  age(join(place, 'src/main/cli.test.ts'), -60);
  expect(launch(place).status).toBe(3);
});

const refusals: readonly [why: string, spoil: (place: string) => void, says: string][] = [
  ['without a build', (place) => rmSync(join(place, 'dist'), { recursive: true }), 'catalyst: not built yet; run: npm run build\n'],
  [
    'with a younger source',
    (place) => age(join(place, 'src/main/cli.ts'), -60),
    'catalyst: src/main is newer than its build; run: npm run build\n',
  ],
  [
    'with a layer never built',
    (place) => rmSync(join(place, 'dist/main.tsbuildinfo')),
    'catalyst: src/main is newer than its build; run: npm run build\n',
  ],
];
for (const [why, spoil, says] of refusals) {
  test(`a checkout ${why} says so in one line and exits with 70`, () => {
    const place = checkout();
    spoil(place);
    expect(launch(place)).toMatchObject({ status: 70, stdout: '', stderr: says });
  });
}

test('outside a checkout nobody compares times', () => {
  const place = checkout();
  age(join(place, 'src/main/cli.ts'), -60);
  rmSync(join(place, '.git'), { recursive: true });
  expect(launch(place).status).toBe(3);
});

for (const [version, runs] of [
  ['18.20.8', false],
  ['20.19.9', false],
  ['20.20.0', true],
  ['24.0.0', true],
] as const) {
  test(`Node ${version} ${runs ? 'runs it' : 'is too old, in one line'}`, () => {
    const { status, stderr } = launch(checkout(), asNode(version));
    expect(status).toBe(runs ? 3 : 70);
    expect(stderr).toBe(runs ? '' : `catalyst: needs Node 20.20 or newer, this is ${version}\n`);
  });
}
