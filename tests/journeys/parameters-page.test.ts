import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectedOf } from '#domain/parameters/judge-value';
import { leafOf } from '#domain/parameters/leaves';
import { allParameters, fixedWhileRunning } from '#domain/parameters/table';
import { spokenText } from '#domain/parameters/value-text';
import { defaultSettings } from '#domain/settings';

const page = readFileSync(new URL('../../docs/reference/parameters.md', import.meta.url), 'utf8');

const tighter = {
  lower: 'lower',
  higher: 'higher',
  lower_but_zero_is_off: 'lower; 0 is off and loosest',
  earlier_word: 'the word before',
  off: 'false',
  more_names: 'more names',
  fewer_names_but_none_is_all: 'fewer names, but not none',
  unordered: 'nothing: each change waits',
} as const;

test('K3: the page of the parameters has the table of the domain', () => {
  const rows = allParameters.map((parameter) => {
    const value = spokenText(parameter, leafOf(defaultSettings, parameter.name) ?? '');
    const direction = fixedWhileRunning.includes(parameter) ? 'not changed while running' : tighter[parameter.tighter];
    return `| \`${parameter.name}\` | ${value} | ${expectedOf(parameter.kind)} | ${direction} | ${parameter.says} |`;
  });
  expect(page.split('|---|---|---|---|---|\n')[1]?.trim().split('\n')).toEqual(rows);
});
