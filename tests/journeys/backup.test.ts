import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalyst, objects, program } from './catalyst.js';
import { newFolder } from './made-data.js';

const work = newFolder('backups');
const journal = join(work, 'journal');
const key = join(work, 'key');
const to = join(work, 'backups');
const start = ['start', '--speed', 'max', '--seed', '6', '--symbols', '30'];
let from = '';

beforeAll(() => {
  expect(catalyst([...start, '--journal', journal]).code).toBe(0);
  expect(catalyst(['backup', '--new-key', key]).code).toBe(0);
  const made = catalyst(['backup', '--journal', journal, '--to', to, '--key-file', key]);
  expect(made).toMatchObject({ code: 0, err: '' });
  from = made.out.split('\n')[0] ?? '';
}, 120_000);

describe('a backup of a day', () => {
  test('is restored up to an entry, verified, and made again', () => {
    const back = join(work, 'earlier');
    const restored = catalyst(['restore', '--from', from, '--to', back, '--key-file', key, '--until-sequence', '500', '--json']);
    expect(restored.code).toBe(0);
    const [found] = objects(restored.out);
    expect(found).toMatchObject({ entries: 500 });
    const verified = objects(catalyst(['verify', '--journal', join(back, 'journal'), '--json']).out)[0];
    expect(verified).toEqual({ entries: 500, head: found?.['head'] });
    expect(catalyst(['replay', '--journal', join(back, 'journal')]).out).toMatch(/^same: 500 entries/);
  });

  test('passes its drill, and the report tells every step', () => {
    const out = join(work, 'drill.md');
    const drill = catalyst(['backup', 'drill', '--from', from, '--key-file', key, '--out', out, '--json']);
    expect(drill).toMatchObject({ code: 0, err: '' });
    const steps = objects(drill.out)[0]?.['steps'] as readonly { readonly name: string; readonly outcome: string }[];
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'restore passed',
      'compare passed',
      'replay passed',
      'database not_done',
      'point in time passed',
    ]);
    expect(readFileSync(out, 'utf8')).toMatch(/^# Restore drill: passed\n/);
    expect(catalyst(['backup', 'drill', '--from', from, '--key-file', key, '--out', out]).code).toBe(3);
  });

  test('is made neither in the folder of its journal nor below it: each would hold all those before it', () => {
    for (const inside of [journal, join(journal, 'backups', 'deep')]) {
      const made = catalyst(['backup', '--journal', journal, '--to', inside, '--key-file', key]);
      expect(made).toMatchObject({ code: 2, out: '' });
      expect(made.err).toContain('would be part of the next one');
    }
    expect(existsSync(join(journal, 'backups'))).toBe(false);
  });

  test('fails its drill with code 1 when it is damaged, and leaves nothing', () => {
    const spoiled = join(work, 'spoiled.backup');
    const bytes = readFileSync(from);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(spoiled, bytes);
    const drill = catalyst(['backup', 'drill', '--from', spoiled, '--key-file', key]);
    expect(drill.code).toBe(1);
    expect(drill.out).toMatch(/restore \| FAILED .*damaged.*\n\| compare \| not done/);
    const back = join(work, 'spoiled');
    expect(catalyst(['restore', '--from', spoiled, '--to', back, '--key-file', key])).toMatchObject({ code: 1 });
    expect(existsSync(back)).toBe(false);
  });
});

describe('the secret', () => {
  test('is never given by mistake: without one, with two, with a key that others can read', () => {
    const make = ['backup', '--journal', journal, '--to', join(work, 'never')];
    expect(catalyst(make)).toMatchObject({ code: 2 });
    expect(catalyst([...make, '--plain', '--key-file', key]).code).toBe(2);
    const open = join(work, 'open-key');
    writeFileSync(open, Buffer.alloc(32, 1));
    chmodSync(open, 0o644);
    expect(catalyst([...make, '--key-file', open])).toMatchObject({
      code: 3,
      err: `catalyst: others may read or change ${open}; first: chmod 600 ${open}\n`,
    });
    expect(catalyst(['backup', '--new-key', key]).code).toBe(3);
    expect(existsSync(join(work, 'never'))).toBe(false);
  });

  test('of the environment opens what it sealed; another is told as such', () => {
    const run = (words: readonly string[], passphrase: string) =>
      spawnSync(process.execPath, [program, ...words], {
        encoding: 'utf8',
        env: { ...process.env, CATALYST_BACKUP_PASSPHRASE: passphrase },
      });
    const make = ['backup', '--journal', journal, '--to', join(work, 'by-words')];
    expect(run(make, 'short').stderr).toMatch(/at least 12 characters/);
    const [sealed = ''] = run(make, 'a long row of words').stdout.split('\n');
    const restore = ['restore', '--from', sealed, '--to', join(work, 'by-words-back')];
    const wrong = run(restore, 'a long row of wards');
    expect([wrong.status, wrong.stderr]).toEqual([3, expect.stringMatching(/wrong passphrase or key/)]);
    expect(run(restore, 'a long row of words').status).toBe(0);
  });
});
