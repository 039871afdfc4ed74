import { linkSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beginsAsArchive, HEADER_BYTES } from '#adapters/archive/archive-header';
import { onDisk } from '#adapters/archive/archive-problem';
import { readAt } from '#adapters/archive/chunk-reader';
import { lockDirectory } from '#engine/journal/lock';
import { namesIn, syncFolder, withFile } from '#main/backup/disk';
import { Failure } from '#main/commands/failure';

/** Which journal, when, and up to which entry: catalyst-1f0c9a2b-20261130T055148123Z-8151.backup. */
const shape = /^catalyst-([0-9a-f]{8})-(\d{8}T\d{9}Z)-(\d+)\.backup$/;

export type BackupName = { readonly journal: string; readonly madeAt: number; readonly entries: number };

export function backupName({ journal, madeAt, entries }: BackupName): string {
  const stamp = new Date(madeAt).toISOString().replace(/[-:.]/g, '');
  return `catalyst-${journal}-${stamp}-${entries}.backup`;
}

/** A folder of backups while one is made; one process at a time. */
export type BackupFolder = {
  /** Where the next one is written, under a name that is none of a backup. */
  readonly draft: string;
  /** Gives the draft its name, for good. A file that has it already stays, and is an error. */
  place(name: string): string;
  /** Removes what is older than the newest `keep` backups of a journal; gives their names. */
  keepNewest(keep: number, journal: string, newest: string): readonly string[];
  release(): void;
};

/** Makes the folder if there is none, takes its lock, and removes what a killed process left half made. */
export function openBackupFolder(folder: string): BackupFolder {
  onDisk(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const lock = onDisk(folder, () => lockDirectory(folder));
  if (!lock.ok) throw new Failure('badInput', `process ${lock.problem.pid} is making a backup in ${folder}; wait for it`);
  for (const name of namesIn(folder)) if (/^\.catalyst-\d+\.partial$/.test(name)) rmSync(join(folder, name), { force: true });
  const draft = join(folder, `.catalyst-${process.pid}.partial`);
  return {
    draft,
    place: (name) => {
      const path = join(folder, name);
      // A link, unlike a rename, never takes the place of a file that is there.
      onDisk(path, () => linkSync(draft, path));
      syncFolder(folder);
      onDisk(draft, () => rmSync(draft));
      syncFolder(folder);
      return path;
    },
    keepNewest: (keep, journal, newest) => {
      const older = backupsIn(folder, journal).filter((name) => name !== newest);
      const removed = older.slice(0, Math.max(0, older.length - (keep - 1)));
      for (const name of removed) onDisk(join(folder, name), () => rmSync(join(folder, name), { force: true }));
      if (removed.length > 0) syncFolder(folder);
      return removed;
    },
    release: () => {
      rmSync(draft, { force: true });
      lock.value.release();
    },
  };
}

/** The backups of one journal that this program made, oldest first: by name, and by how they begin. */
function backupsIn(folder: string, journal: string): readonly string[] {
  const found = namesIn(folder).filter((name) => shape.exec(name)?.[1] === journal && isArchive(join(folder, name)));
  return found.sort((one, other) => keyOf(one) - keyOf(other) || (one < other ? -1 : 1));
}

const keyOf = (name: string): number => Number((shape.exec(name)?.[2] ?? '').replace(/\D/g, ''));

const isArchive = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isFile() === true &&
  withFile(path, 'r', (descriptor) => beginsAsArchive(readAt({ path, descriptor }, 0, HEADER_BYTES)));
