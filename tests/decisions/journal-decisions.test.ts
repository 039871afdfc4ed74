import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { features } from '#domain/decisions/feature';
import { recording } from '#engine/journal/recorder';
import { JournalWriter } from '#engine/journal/writer';
import { documentOf } from '#main/decisions/decision-document';
import { readDecisions } from '#main/decisions/read-decisions';
import { catalyst } from '../journeys/catalyst.js';
import { runEagerDays } from './eager-days.js';
import { reconciled } from './reconciled.js';

const schema: unknown = JSON.parse(readFileSync(new URL('../../docs/reference/decision.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema as object);
const journal = mkdtempSync(join(tmpdir(), 'decisions-'));
type Document = ReturnType<typeof documentOf>;
let documents: readonly Document[] = [];

function read(): readonly Document[] {
  const told: Document[] = [];
  const decisions = readDecisions(journal);
  for (let step = decisions.next(); !step.done; step = decisions.next()) told.push(documentOf(step.value.record, step.value.symbols));
  return told;
}

beforeAll(async () => {
  const opened = JournalWriter.open(journal);
  if (!opened.ok) throw new Error(opened.problem.kind);
  const recorder = recording(opened.value);
  await runEagerDays(() => {}, { recorder, sessions: 1 });
  recorder.commit();
  recorder.close();
  documents = read();
});
afterAll(() => rmSync(journal, { recursive: true, force: true }));

test('every document of a journal is as the schema says', () => {
  expect(documents.length).toBeGreaterThan(50);
  expect(documents.flatMap((document) => (validate(document) ? [] : (validate.errors ?? [])))).toEqual([]);
});

test('the schema refuses a document that says more, or less', () => {
  const [first] = documents;
  expect(validate({ ...first, feeling: 'good' })).toBe(false);
  expect(validate({ ...first, roads: [] })).toBe(false);
  expect(validate({ ...first, at: 'yesterday' })).toBe(false);
});

test('the same journal gives the same decisions, bit for bit', () => {
  expect(JSON.stringify(read())).toBe(JSON.stringify(documents));
});

test('no value of a snapshot became known later than the decision, and each has its place in the catalogue', () => {
  const known = new Set<string>(features.map(({ name }) => name));
  const told = documents.flatMap(({ at, snapshot }) => [
    ...snapshot.features.map((one) => ({ at, ...one })),
    ...snapshot.positions.flatMap((held) =>
      [held, held.sentiment, held.technical].flatMap((one) =>
        one === null ? [] : [{ at, name: 'open_positions', availableAt: one.availableAt }],
      ),
    ),
    { at, name: 'regime', ...snapshot.market },
  ]);
  expect(told.filter(({ at, availableAt }) => availableAt > at)).toEqual([]);
  expect(told.filter(({ name }) => !known.has(name))).toEqual([]);
});

test('there are entries that were made, entries that were refused and names that were dropped, each with the other road', () => {
  const causes = new Set(documents.map(({ cause }) => cause.kind));
  expect([...causes].sort()).toEqual(expect.arrayContaining(['approved', 'dropped', 'refused']));
  const resolved = documents.filter(({ grade }) => grade !== 'unresolved');
  expect(resolved.length).toBeGreaterThan(documents.length / 2);
  expect(resolved.every(({ roads }) => roads.length >= 2)).toBe(true);
});

test('the roads that were traded made what the fills did, to the ten-thousandth', () => {
  const { decided, filled, trades } = reconciled(journal);
  expect(decided).toBe(filled);
  expect(trades).toBeGreaterThan(2);
});

describe('catalyst decisions', () => {
  const told = (...options: readonly string[]) => catalyst(['decisions', '--journal', journal, ...options]);

  test('is a table of one kind with its totals, and says what its sums are not', () => {
    const { out, code } = told('--kind', 'entry');
    const entries = documents.filter(({ kind }) => kind === 'entry');
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.includes(' entry '))).toHaveLength(entries.length);
    expect(out).toMatch(new RegExp(`^entry +${entries.length} `, 'm'));
    expect(out).toContain('no account that');
  });

  test('tells one of them in full, in words', () => {
    const refused = documents.find(({ cause }) => cause.kind === 'refused');
    const { out } = told('--id', refused?.id ?? '');
    expect(out).toContain(`Decision ${refused?.id}: entry, ${refused?.symbol}`);
    expect(out).toMatch(/^Refused: /m);
    expect(out).toMatch(/decline \(taken\) +nothing bought/);
    expect(out).toMatch(/limit +[\d.]+ dollars +known /);
  });

  test('writes the documents to a file, those of one name and day when asked', () => {
    const [first] = documents;
    const file = join(journal, '..', 'decisions.jsonl');
    expect(told('--json', '--symbol', String(first?.symbol), '--date', String(first?.session), '--out', file)).toMatchObject({
      code: 0,
      out: '',
    });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(documents.filter(({ symbol }) => symbol === first?.symbol));
  });

  test('an id that is not there is code 3; a filter that leaves nothing says so', () => {
    expect(told('--id', '999999').code).toBe(3);
    expect(told('--overrides').out).toContain('no decisions');
  });
});
