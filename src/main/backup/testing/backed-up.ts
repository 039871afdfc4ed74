import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { ArchiveError } from '#adapters/archive/archive-problem';
import { writeSample } from '#engine/journal/testing/sample-journal';
import { type BackupWish, makeBackup } from '#main/backup/make-backup';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'catalyst-backup-'));

export const aKey: Secret = { kind: 'key_file', key: randomBytes(32) };

/** A journal of several segments with what lies beside one: a stop, a request, a lock, the room that is kept. */
export function journalWithFolder(): string {
  const journal = join(newFolder(), 'journal');
  writeSample(journal);
  mkdirSync(join(journal, 'control', 'taken'), { recursive: true });
  const files = {
    STOP: 'flatten a test\n',
    'ends.json': '[]',
    lock: '1 2',
    reserve: 'room',
    'control/1.json': '{}',
    'control/taken/0_1.json': '{}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(journal, name), text);
  return journal;
}

/** A backup of it as the command makes one, at a moment that differs from the one before. */
let made = 0;
export const backup = (journal: string, to: string, rest: Partial<BackupWish> = {}) =>
  makeBackup({
    journal,
    to,
    others: [],
    database: null,
    keep: null,
    secret: aKey,
    scratch: newFolder(),
    now: () => Date.UTC(2026, 10, 30) + ++made,
    ...rest,
  });

/** Every file below a folder with its content; empty for one that is not there. */
export function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]));
}

/** What an archive's problem is called; the message of anything else. */
export async function problemOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (error) {
    if (error instanceof ArchiveError) return error.problem.kind === 'archive_io' ? error.problem.code : error.problem.kind;
    return error instanceof Error ? error.message : String(error);
  }
}
