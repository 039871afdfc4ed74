import { basename } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import type { DatabaseDump } from '#engine/ports/database-dump';
import { backupName, openBackupFolder } from '#main/backup/backup-folder';
import { MismatchError } from '#main/backup/backup-problem';
import type { Manifest } from '#main/backup/manifest';
import { pack } from '#main/backup/pack';
import { withScratch } from '#main/backup/scratch';
import { proveUnpacked, unpack } from '#main/backup/unpack';
import { wholeJournal } from '#main/backup/whole-journal';

export type BackupWish = {
  readonly journal: string;
  readonly others: readonly string[];
  readonly database: DatabaseDump | null;
  /** The folder of the backups, and how many of this journal stay; null for all. */
  readonly to: string;
  readonly keep: number | null;
  readonly secret: Secret;
  /** Where it is put back once to see that it can be. */
  readonly scratch: string;
  readonly now: () => number;
};

export type MadeBackup = { readonly path: string; readonly manifest: Manifest; readonly removed: readonly string[] };

/**
 * Writes a backup aside, puts it back into a scratch folder and compares; only then it gets its name, and only then older ones
 * go. Whenever this ends, every file with the name of a backup is whole.
 */
export async function makeBackup(wish: BackupWish): Promise<MadeBackup> {
  const { journal, others, database, to, keep, secret, scratch, now } = wish;
  const whole = wholeJournal(journal);
  const folder = openBackupFolder(to);
  try {
    const madeAt = now();
    const manifest = await pack(folder.draft, secret, { journal, whole, others, database, madeAt });
    await withScratch(scratch, (place) => {
      const found = unpack(folder.draft, secret, place);
      if (found.journal.head !== whole.head) throw new MismatchError({ kind: 'members_differ', name: 'journal' });
      proveUnpacked(place, found);
    });
    const identity = whole.firstDigest.slice(0, 8);
    const path = folder.place(backupName({ journal: identity, madeAt, entries: whole.entries }));
    const removed = keep === null ? [] : folder.keepNewest(keep, identity, basename(path));
    return { path, manifest, removed };
  } finally {
    folder.release();
  }
}
