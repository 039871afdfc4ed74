import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const house = mkdtempSync(join(tmpdir(), 'catalyst-layers-'));
const layers = readdirSync(join(root, 'src')).filter((layer) => existsSync(join(root, 'src', layer, 'tsconfig.json')));

/** Files of a house with our settings and nothing else in it; `code` is what the compiler has to say, null for nothing. */
const rows: readonly [why: string, path: string, text: string, code: string | null][] = [
  ['the domain may not reach up by #', 'domain/by-name.ts', "export { word } from '#engine/a';", 'TS6307'],
  ['nor by a relative path', 'domain/by-path.ts', "export { word } from '../engine/b.js';", 'TS6307'],
  ['nor for a type', 'domain/by-type.ts', "export type { Word } from '#engine/c';", 'TS6307'],
  ['the domain has no network', 'domain/network.ts', "export const page = (): unknown => fetch('x');", 'TS2304'],
  ['and no timers', 'domain/timers.ts', 'export const later = (): unknown => setTimeout(() => 1, 1);', 'TS2304'],
  ['and no files', 'domain/files.ts', "export { readFileSync } from 'node:fs';", 'TS2591'],
  ['a service has no process', 'production/process.ts', 'export const home: unknown = process.env;', 'TS2591'],
  ['a service does not know the engine', 'production/engine.ts', "export { word } from '#engine/a';", 'TS6307'],
  ['a service does not know adapters', 'production/adapters.ts', "export { word } from '#adapters/a';", 'TS6307'],
  ['the engine does not know services', 'engine/production.ts', "export { word } from '#production/a';", 'TS6307'],
  ['the engine does not know the simulation', 'engine/simulation.ts', "export { word } from '#simulation/a';", 'TS6307'],
  ['an adapter does not know services', 'adapters/production.ts', "export { word } from '#production/a';", 'TS6307'],
  ['an adapter does not know main', 'adapters/main.ts', "export { word } from '#main/a';", 'TS6307'],
  ['the simulation does not know adapters', 'simulation/adapters.ts', "export { word } from '#adapters/a';", 'TS6307'],
  ['a service knows the domain', 'production/domain.ts', "export { word } from '#domain/a';", null],
  ['an adapter knows the engine', 'adapters/engine.ts', "export { word } from '#engine/a';", null],
  ['main knows services', 'main/production.ts', "export { word } from '#production/a';", null],
  ['main knows adapters', 'main/adapters.ts', "export { word } from '#adapters/a';", null],
];

let said = '';

beforeAll(() => {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  for (const file of ['package.json', 'tsconfig.base.json', ...layers.map((layer) => `src/${layer}/tsconfig.json`)]) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    cpSync(join(root, file), join(house, file));
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  for (const layer of layers)
    for (const name of ['a', 'b', 'c']) write(`src/${layer}/${name}.ts`, `export const word = '${name}';\nexport type Word = string;\n`);
  for (const [, path, text] of rows) write(`src/${path}`, text);
  const build = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'src/main'], {
    cwd: house,
    encoding: 'utf8',
  });
  said = build.stdout;
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

for (const [why, path, , code] of rows) {
  test(`the compiler's layers: ${why}`, () => {
    // A file that may not be seen is reported once, at the first import of it; later ones are named in the same paragraph.
    const about = said.split(/\n(?=\S)/).filter((problem) => problem.includes(`src/${path}`));
    if (code === null) expect(about).toEqual([]);
    else expect(about.join('\n')).toContain(code);
  });
}
