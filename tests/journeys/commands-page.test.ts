import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalyst } from './catalyst.js';

const page = readFileSync(new URL('../../docs/reference/commands.md', import.meta.url), 'utf8');
const sections = new Map(page.split(/^## /m).map((text) => [text.split('\n')[0] ?? '', text]));

type Help = { readonly command: readonly string[]; readonly options: readonly string[] };

/** What the program says of a command, or of those below it. */
function helpOf(command: readonly string[]): readonly Help[] {
  const help = catalyst([...command, '--help']).out;
  const [before = '', after = ''] = help.split('\nCommands:\n');
  const below = [...after.matchAll(/^ {2}([\w-]+) .*\S/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : helpOf([...command, name])));
  if (below.length > 0) return below;
  const options = [...before.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
  return [{ command, options: options.filter((option) => option !== '--help') }];
}

const told = helpOf([]);

test('the program has its commands', () => {
  const names = told.map(({ command }) => command.join(' '));
  expect(names).toEqual(expect.arrayContaining(['day', 'news fetch', 'study patterns', 'data import', 'sim-broker', 'doctor']));
});

for (const { command, options } of told) {
  test(`the page of the commands tells every option of catalyst ${command.join(' ')}`, () => {
    const section = sections.get(`catalyst ${command.join(' ')}`) ?? sections.get(`catalyst ${command[0]}`) ?? '';
    for (const option of options) expect(section).toMatch(new RegExp(`${option}\\b(?!-)`));
    expect(section).not.toBe('');
  });
}
