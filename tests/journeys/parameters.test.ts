import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { catalyst, objects } from './catalyst.js';
import { endChildren, runningDay } from './running-day.js';

afterEach(endChildren);

const folder = (): string => mkdtempSync(join(tmpdir(), 'parameters-'));
const who = ['--by', 'ada', '--because', 'rough open'];

test('the default file is understood, and not written over', () => {
  const file = join(folder(), 'catalyst.yaml');
  expect(catalyst(['parameters', 'init', '--out', file]).code).toBe(0);
  expect(catalyst(['parameters', 'check', file])).toMatchObject({ code: 0 });
  writeFileSync(file, '# mine\nmode: aggressive\n');
  expect(catalyst(['parameters', 'init', '--out', file])).toMatchObject({ code: 3, err: expect.stringContaining('EEXIST') });
  expect(readFileSync(file, 'utf8')).toBe('# mine\nmode: aggressive\n');
});

test('a file with a fault begins nothing, and says where it is', () => {
  const at = folder();
  const file = join(at, 'catalyst.yaml');
  writeFileSync(file, 'mode: normal\nlimits:\n  lossTodayMax: 2500\n');
  const said = `catalyst: ${file}:3:3: limits.lossTodayMax: expected dollars from 1 to 2000\n`;
  expect(catalyst(['parameters', 'check', file])).toEqual({ code: 3, out: '', err: said });
  const run = catalyst(['start', '--speed', 'max', '--parameters', file, '--journal', join(at, 'journal')]);
  expect([run.code, run.err, existsSync(join(at, 'journal'))]).toEqual([3, said, false]);
});

test('a value is written into a file, which keeps its comments', () => {
  const file = join(folder(), 'catalyst.yaml');
  writeFileSync(file, '# mine\nlimits: # hard\n  lossTodayMax:   2000 # dollars\n');
  expect(catalyst(['parameters', 'set', 'limits.lossTodayMax', '1500', '--parameters', file]).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('# mine\nlimits: # hard\n  lossTodayMax:   1500 # dollars\n');
  expect(catalyst(['parameters', 'set', 'limits.lossTodayMax', '2500', '--parameters', file])).toMatchObject({ code: 2 });
  expect(catalyst(['parameters', 'set', 'limits.lossToday', '1', '--parameters', file])).toMatchObject({ code: 2 });
  const [shown] = objects(catalyst(['parameters', 'show', '--parameters', file, '--json']).out);
  expect(shown?.['values']).toMatchObject({ 'limits.lossTodayMax': 1500, mode: 'normal', capital: 100_000 });
});

test('a running day takes a tighter value at once and keeps a looser one for a person', { timeout: 60_000 }, async () => {
  const file = join(folder(), 'catalyst.yaml');
  writeFileSync(file, 'mode: conservative\n');
  const { journal } = await runningDay({ args: ['--parameters', file] });
  const set = (name: string, value: string, args: readonly string[] = who) =>
    catalyst(['parameters', 'set', name, value, '--journal', journal, ...args]);
  const tighter = set('limits.lossTodayMax', '1500');
  expect([tighter.code, tighter.out]).toEqual([
    0,
    expect.stringMatching(/^limits\.lossTodayMax from \$2000 to \$1500: at once, version 2, hash [0-9a-f]{64}\n$/),
  ]);
  const looser = set('mode', 'normal');
  const number = /pending as (\d+);/.exec(looser.out)?.[1] ?? '';
  expect([looser.code, number]).toEqual([0, expect.stringMatching(/^\d+$/)]);
  expect(set('limits.stopMax', '0.005')).toMatchObject({ code: 1, err: expect.stringContaining('stopMin must be below limits.stopMax') });
  expect(set('limits.lossTodayMax', '2500')).toMatchObject({ code: 2 });
  expect(set('mode', 'normal', ['--by', 'ada'])).toMatchObject({ code: 2 });

  const confirm = (change: string) => catalyst(['parameters', 'confirm', change, '--journal', journal, ...who]);
  expect(confirm('1')).toMatchObject({ code: 1, err: expect.stringContaining('unknown change') });
  expect(confirm(number)).toMatchObject({ code: 0, out: expect.stringContaining('from the opening of the next session') });

  const [shown] = objects(catalyst(['parameters', 'show', '--journal', journal, '--json']).out);
  expect(shown).toMatchObject({
    version: 2,
    values: { 'limits.lossTodayMax': 1500, mode: 'conservative' },
    pending: [{ number: Number(number), name: 'mode', before: 'conservative', after: 'normal', confirmedBy: 'ada' }],
  });
  const history = objects(catalyst(['parameters', 'history', '--journal', journal, '--json']).out);
  expect(history.map(({ what }) => what)).toEqual(['changed', 'pending', 'refused', 'confirmed', 'refused', 'confirmed']);
});

test('when nobody runs a journal, a request waits in its folder', () => {
  const journal = folder();
  const asked = catalyst(['parameters', 'set', 'mode', 'conservative', '--journal', journal, ...who]);
  expect([asked.code, asked.out]).toEqual([0, expect.stringContaining('taken at the next start')]);
  const run = catalyst(['start', '--symbols', '20', '--speed', 'max', '--journal', journal]);
  expect(run.code).toBe(0);
  const [shown] = objects(catalyst(['parameters', 'show', '--journal', journal, '--json']).out);
  expect(shown).toMatchObject({ version: 2, values: { mode: 'conservative' } });
  expect(catalyst(['replay', '--journal', journal]).code).toBe(0);
});
