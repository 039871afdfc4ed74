import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { onDisk } from '#adapters/archive/archive-problem';
import type { DatabaseDump } from '#engine/ports/database-dump';
import { failureOf, momentText } from '#main/backup/backup-problem';
import { chosenSecret, type SecretOptions } from '#main/backup/chosen-secret';
import { endLeftDrills, fillChosen, fillInScratch, withDump } from '#main/backup/database-part';
import { drill } from '#main/backup/drill';
import { drillFacts, drillReport } from '#main/backup/drill-report';
import { makeBackup } from '#main/backup/make-backup';
import type { DatabaseMark, Manifest } from '#main/backup/manifest';
import { restore } from '#main/backup/restore';
import { writeNewKey } from '#main/backup/secret-file';
import { Failure } from '#main/commands/failure';
import { isWithin } from '#main/commands/own-output';
import { placeFile } from '#main/control/durable-file';
import { chosenDatabase, type DatabaseOptions } from '#main/database/chosen-database';
import { exitCodes } from '#main/exit-codes';
import { note, show, showJson } from '#main/terminal';

export type BackupOptions = SecretOptions &
  DatabaseOptions & {
    readonly journal?: string;
    readonly to?: string;
    readonly with?: readonly string[];
    readonly keep?: number;
    readonly scratch?: string;
    readonly newKey?: string;
    readonly json?: boolean;
    readonly withDatabase?: boolean;
  };

/** Makes a backup and puts it back once to see that it can be; or makes a key file. */
export function backupCommand(options: BackupOptions): Promise<void> {
  return told(async () => {
    if (options.newKey !== undefined) return newKey(options.newKey);
    const { journal, to, with: others = [], keep = null, scratch = tmpdir(), json = false } = options;
    if (journal === undefined || to === undefined)
      throw new Failure('usage', 'give --journal and --to; a new key file: catalyst backup --new-key FILE');
    if (keep === 0) throw new Failure('usage', 'at least the new backup is kept: --keep 1 or more');
    if (existsSync(journal) && isWithin(journal, to))
      throw new Failure('usage', 'a backup in the folder of its journal goes down with it, and would be part of the next one');
    const twice = others.find((file, place) => others.findIndex((other) => basename(other) === basename(file)) !== place);
    if (twice !== undefined) throw new Failure('usage', `two files given by --with are called ${basename(twice)}`);
    const secret = await chosenSecret(options, process.env, 'seal');
    await endLeftDrills(scratch);
    const make = (database: DatabaseDump | null) => makeBackup({ journal, others, database, to, keep, secret, scratch, now: Date.now });
    const made = options.withDatabase === true ? await withDump(chosenDatabase(options, process.env), make) : await make(null);
    const { path, manifest, removed } = made;
    const bytes = manifest.members.reduce((sum, member) => sum + member.bytes, 0);
    if (json) return showJson({ path, ...manifest.journal, members: manifest.members.length, bytes, leftOut: manifest.leftOut, removed });
    if (secret.kind === 'plain') note('this backup is not encrypted: whoever gets the file reads all of it');
    for (const name of manifest.leftOut) note(`left out, since it is no plain file: ${name}`);
    show(
      path,
      `${manifest.members.length} files, ${bytes} bytes; ${manifest.journal.entries} entries, head ${manifest.journal.head}`,
      'put back into a scratch folder and compared: the same',
      ...removed.map((name) => `removed, since --keep ${keep} is enough: ${name}`),
    );
  });
}

function newKey(path: string): void {
  writeNewKey(path);
  show(
    `${path}: a new key, for its owner alone`,
    'Keep a copy away from this machine: without it no backup that it sealed can ever be opened.',
  );
}

export type RestoreOptions = SecretOptions &
  DatabaseOptions & {
    readonly from: string;
    readonly to: string;
    readonly withDatabase?: boolean;
    readonly untilSequence?: number;
    readonly json?: boolean;
  };

/** Puts a backup back into a new folder. */
export function restoreCommand(options: RestoreOptions): Promise<void> {
  return told(async () => {
    const { from, to, untilSequence = null, json = false } = options;
    if (untilSequence === 0) throw new Failure('usage', 'the first entry is number 1');
    const secret = await chosenSecret(options, process.env, 'open');
    const fill = options.withDatabase === true ? fillingOf(options) : null;
    const { manifest, journal, filled } = await restore({ from, to, secret, untilSequence, fill });
    if (json) return showJson({ to, ...journal, madeAt: manifest.madeAt, leftOut: manifest.leftOut, filled });
    const cut = journal.entries < manifest.journal.entries ? ` of ${manifest.journal.entries}` : '';
    show(
      `${to}/journal: ${journal.entries}${cut} entries, head ${journal.head}, the last of ${momentText(journal.lastAt)}`,
      `made ${new Date(manifest.madeAt).toISOString()} by catalyst ${manifest.catalyst}; every file and the chain compared: the same`,
      ...(filled === null ? [] : [`database: ${filled}`]),
    );
  });
}

/** A database is as new as its backup: it does not know of an earlier point. */
function fillingOf(options: RestoreOptions): (folder: string, manifest: Manifest) => Promise<string> {
  if (options.untilSequence !== undefined)
    throw new Failure(
      'usage',
      'a database is not cut at an entry: restore the journal, then build it anew from that (catalyst db rebuild --changed)',
    );
  return async (folder, manifest) => {
    if (manifest.database === null)
      throw new Failure('badInput', 'there is no database in this backup: build it anew from the journal (catalyst db rebuild)');
    return fillChosen(chosenDatabase(options, process.env), folder, manifest, manifest.database);
  };
}

export type DrillOptions = SecretOptions & {
  readonly from: string;
  readonly untilSequence?: number;
  readonly scratch?: string;
  readonly out?: string;
  readonly json?: boolean;
};

/** Restores into a scratch folder and does with it what a real restore would. */
export function drillCommand(options: DrillOptions): Promise<void> {
  return told(async () => {
    const { from, untilSequence = null, scratch = tmpdir(), out, json = false } = options;
    // Before the work as well as after it: a report that finds no place is work for nothing.
    if (out !== undefined && existsSync(out)) throw new Failure('badInput', `${out} is there already; give --out another name`);
    const secret = await chosenSecret(options, process.env, 'open');
    await endLeftDrills(scratch);
    const clock = (): number => performance.now();
    const fillDatabase = (folder: string, manifest: Manifest, mark: DatabaseMark) => fillInScratch(scratch, folder, manifest, mark);
    const drilled = await drill({ from, secret, scratch, pointInTime: untilSequence, fillDatabase, now: Date.now, clock });
    const report = drillReport(drilled);
    if (out !== undefined) {
      if (existsSync(out)) throw new Failure('badInput', `${out} is there already; give --out another name`);
      onDisk(out, () => placeFile(out, `${report.join('\n')}\n`));
    }
    if (json) showJson(drillFacts(drilled));
    else show(...report);
    if (!drilled.passed) process.exitCode = exitCodes.failedCheck;
  });
}

/** What stopped it, in a sentence. */
async function told(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw failureOf(error);
  }
}
