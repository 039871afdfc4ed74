import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { onDisk } from '#adapters/archive/archive-problem';
import { alertsFolder, restoredMark } from '#main/alerts/log-files';
import { cutJournal } from '#main/backup/cut-journal';
import { isRunning, namesIn, syncFolder } from '#main/backup/disk';
import { type JournalMark, type Manifest, manifestText } from '#main/backup/manifest';
import { proveUnpacked, unpack, type Wanted } from '#main/backup/unpack';
import { Failure } from '#main/commands/failure';
import { placeFile } from '#main/control/durable-file';

export type RestoreWish = {
  readonly from: string;
  readonly to: string;
  readonly secret: Secret;
  /** The last entry of the journal that is wanted; null for all. */
  readonly untilSequence: number | null;
  /** Fills a database with what was put back into the folder; null to leave its tables as files. */
  readonly fill: ((folder: string, manifest: Manifest) => Promise<string>) | null;
};

/** `filled` says what became of the database; null when none was filled. */
export type Restored = { readonly manifest: Manifest; readonly journal: JournalMark; readonly filled: string | null };

/** Requests that wait to be recorded were sent after every entry: at an earlier point they did not exist. */
const atThatPoint: Wanted = (name) => !name.startsWith('journal/control/');

/**
 * Puts a backup back into a folder that is new or empty. It is made aside, read again, and gets its name in one step: whatever
 * goes wrong, the folder is as it was.
 */
export async function restore({ from, to, secret, untilSequence, fill }: RestoreWish): Promise<Restored> {
  const target = freeTarget(to);
  const aside = openAside(target);
  try {
    const wanted: Wanted = untilSequence === null ? () => true : atThatPoint;
    const manifest = unpack(from, secret, aside, wanted);
    proveUnpacked(aside, manifest, wanted);
    const { entries } = manifest.journal;
    if (untilSequence !== null && untilSequence > entries)
      throw new Failure('badInput', `the backup ends with entry ${entries}; there is no entry ${untilSequence} in it`);
    const journal = untilSequence === null ? manifest.journal : cutJournal(join(aside, 'journal'), untilSequence);
    onDisk(aside, () => placeFile(join(aside, 'manifest.json'), manifestText(manifest)));
    const alerts = alertsFolder(join(aside, 'journal'));
    if (existsSync(alerts)) onDisk(aside, () => placeFile(restoredMark(alerts), ''));
    const filled = fill === null ? null : await fill(aside, manifest);
    // Refused by the system when somebody has put something into the folder meanwhile.
    onDisk(target, () => renameSync(aside, target));
    syncFolder(dirname(target));
    return { manifest, journal, filled };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Where it goes, links resolved; refused when there is something already. */
function freeTarget(to: string): string {
  const there = lstatSync(to, { throwIfNoEntry: false });
  if (there === undefined) return resolve(to);
  const target = onDisk(to, () => realpathSync(to));
  if (!lstatSync(target).isDirectory() || namesIn(target).length > 0)
    throw new Failure('badInput', `${to} holds something already; restore into a new or empty folder`);
  return target;
}

/** A folder beside the target, for its owner alone. Those that killed processes left are removed. */
function openAside(target: string): string {
  const folder = dirname(target);
  const stem = `${basename(target)}.restoring-`;
  onDisk(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  for (const name of namesIn(folder)) {
    const rest = name.startsWith(stem) ? name.slice(stem.length) : '';
    if (/^\d+$/.test(rest) && !isRunning(Number(rest))) rmSync(join(folder, name), { recursive: true, force: true });
  }
  const aside = join(folder, `${stem}${process.pid}`);
  onDisk(aside, () => {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { mode: 0o700 });
  });
  return aside;
}
