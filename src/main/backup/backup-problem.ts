import { ArchiveError, type ArchiveProblem, type Protection } from '#adapters/archive/archive-problem';
import { DumpError, type DumpProblem } from '#adapters/postgres/database-dump';
import { formatInstant, instant } from '#domain/values/instant';
import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import type { exitCodes } from '#main/exit-codes';

/** What was put back is not what was put in. */
export type Mismatch =
  | { readonly kind: 'bad_manifest'; readonly field: string }
  | { readonly kind: 'members_differ'; readonly name: string }
  | { readonly kind: 'file_differs'; readonly name: string }
  | { readonly kind: 'table_differs'; readonly name: string }
  | { readonly kind: 'journal_differs'; readonly expected: string; readonly found: string };

/** Stops a backup, a restore or a drill whose result is not what it should be. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError';
  readonly problem: Mismatch;

  constructor(problem: Mismatch) {
    super(problem.kind);
    this.problem = problem;
  }
}

const secretOf: Readonly<Record<Protection, string>> = {
  plain: 'it is not encrypted: give --plain',
  passphrase: 'it is sealed with a passphrase: give --passphrase-file, or set CATALYST_BACKUP_PASSPHRASE',
  key_file: 'it is sealed with a key file: give --key-file',
};

/** What is wrong with an archive and what to do, in one line. */
function archiveText(problem: ArchiveProblem): string {
  switch (problem.kind) {
    case 'archive_io':
      return `${problem.path}: ${ioText(problem.code)}`;
    case 'not_an_archive':
      return `${problem.path} is no backup that catalyst made`;
    case 'newer_format':
      return `the backup is of version ${problem.version} of the format; this catalyst reads version 1`;
    case 'header_damaged':
      return 'the backup is damaged in its first 68 bytes; whether the passphrase or key is right cannot be told. Take another copy of it';
    case 'wrong_secret':
      return 'wrong passphrase or key: the beginning of the backup is undamaged, and was sealed with another one';
    case 'secret_of_other_kind':
      return secretOf[problem.needs];
    case 'chunk_damaged':
      return `the backup is damaged, or cut off, in chunk ${problem.chunk}; the passphrase or key is right. Take another copy of it`;
    case 'cut_off':
      return `the backup is cut off: its end is missing behind chunk ${problem.chunk}. Take another copy of it`;
    case 'bytes_after_end':
      return `the backup has bytes behind its end (chunk ${problem.chunk}): somebody or something wrote to it. Take another copy of it`;
    case 'malformed':
      return `the backup was not written by catalyst, though with the right key: ${problem.what}`;
  }
}

function ioText(code: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return `the disk is full (${code}); make room and run the same command again`;
  if (code === 'ENOENT') return 'there is no such file or folder (ENOENT)';
  if (code === 'EACCES' || code === 'EPERM') return `not allowed to (${code})`;
  return `the system says ${code}`;
}

function mismatchText(problem: Mismatch): string {
  switch (problem.kind) {
    case 'bad_manifest':
      return `the manifest of the backup is not understood at ${problem.field}`;
    case 'members_differ':
      return `${problem.name} is in the backup or in its manifest, and not in both`;
    case 'file_differs':
      return `${problem.name} is not on the disk what it was in the backup: look at the disk`;
    case 'table_differs':
      return `the table ${problem.name} is not in the database what it was in the backup`;
    case 'journal_differs':
      return `the journal ends with ${problem.found}, and the manifest says ${problem.expected}`;
  }
}

/** Ends the command with what stopped the work, if it is weather or a failed check; a bug passes. */
export function failureOf(error: unknown): unknown {
  if (error instanceof ArchiveError) return new Failure(codeOf(error.problem), archiveText(error.problem));
  if (error instanceof DumpError) return new Failure('badInput', dumpText(error.problem));
  if (error instanceof MismatchError) return new Failure('failedCheck', mismatchText(error.problem));
  if (error instanceof JournalError)
    return new Failure(error.problem.kind === 'journal_corrupt' ? 'failedCheck' : 'badJournal', describe(error.problem));
  return error;
}

function codeOf({ kind }: ArchiveProblem): keyof typeof exitCodes {
  if (kind === 'archive_io' || kind === 'not_an_archive' || kind === 'newer_format') return 'badInput';
  return kind === 'wrong_secret' || kind === 'secret_of_other_kind' ? 'badInput' : 'failedCheck';
}

/** Time of the market, or "none" for a journal without an entry. */
export const momentText = (at: number | null): string => (at === null ? 'none' : formatInstant(instant(at)));

/** What is wrong with a database that is to be written out or filled. */
export function dumpText(problem: DumpProblem): string {
  switch (problem.kind) {
    case 'database_failed':
      return `the database says${problem.sqlState === null ? '' : ` (${problem.sqlState})`}: ${problem.why}`;
    case 'schema_unusable':
      return `the schema of the database cannot be used: ${problem.why}`;
    case 'not_fresh':
      return 'the database holds a record already; restore into an empty one (--name with a new name), nothing is written over';
  }
}
