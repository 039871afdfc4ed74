import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Service } from '#domain/events/service';
import { plan } from '#production/plan';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const services: readonly Service[] = plan().services;
/** The page leaves reporting out: it reads what a report needs. */
const readers = services.filter(({ name }) => name !== 'reporting');

const namesOf = (all: readonly Service[]): string => (all.length === 0 ? 'nobody' : all.map(({ name }) => name).join(', '));
const readBy = (kind: string): string =>
  namesOf(readers.filter(({ consumes, hears }) => [...consumes, ...hears].some((read) => read === kind)));

test('the page of the events says who makes each and who reads it', () => {
  const rows = [...read('docs/reference/events.md').matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(([, ...cells]) => cells);
  const kinds = rows.map(([kind]) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  const told = rows.map(([kind, maker, reader]) => `${kind}: ${maker} to ${reader}`);
  const expected = rows.map(([kind = '', maker]) => {
    const makers = services.filter(({ emits }) => emits.some((made) => made === kind));
    return `${kind}: ${makers.length === 0 ? maker : namesOf(makers)} to ${readBy(kind)}`;
  });
  expect(told).toEqual(expected);
  for (const { emits } of services) for (const kind of emits) expect(kinds).toContain(kind);
});

test('the architecture tells what each service consumes, hears and emits', () => {
  const list = (kinds: readonly string[]): string => (kinds.length === 0 ? '–' : [...kinds].sort().join(', '));
  const sorted = (cell = ''): string => cell.split(', ').sort().join(', ');
  const row = /^\| \d \| \[([\w-]+)\]\([^)]*\) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm;
  const rows = [...read('ARCHITECTURE.md').matchAll(row)].map(([, ...cells]) => cells);
  const told = rows.filter(([name]) => name !== 'reporting').map(([name, ...cells]) => [name, ...cells.map(sorted)]);
  expect(told).toEqual(readers.map(({ name, consumes, hears, emits }) => [name, list(consumes), list(hears), list(emits)]));
});
