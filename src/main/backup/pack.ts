import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { ArchiveError, onDisk } from '#adapters/archive/archive-problem';
import { ArchiveWriter, type MemberSum } from '#adapters/archive/archive-writer';
import { segmentName } from '#engine/journal/segment-format';
import type { DatabaseDump } from '#engine/ports/database-dump';
import { withFile } from '#main/backup/disk';
import { filesBeside } from '#main/backup/folder-files';
import { type DatabaseMark, type Manifest, manifestText, type TableMark, tableMember } from '#main/backup/manifest';
import type { WholeJournal } from '#main/backup/whole-journal';
import { version } from '#main/version';

export type Sources = {
  readonly journal: string;
  /** Where the journal is copied up to. */
  readonly whole: WholeJournal;
  /** Files that lie elsewhere: settings, logs. */
  readonly others: readonly string[];
  readonly database: DatabaseDump | null;
  readonly madeAt: number;
};

const PIECE_BYTES = 1 << 20;

/** Writes a new archive of it all and puts it on the disk. Holds a megabyte at a time, whatever is in it. */
export async function pack(path: string, secret: Secret, sources: Sources): Promise<Manifest> {
  const descriptor = onDisk(path, () => openSync(path, 'wx', 0o600));
  try {
    const archive = new ArchiveWriter({ path, descriptor }, secret);
    const members = journalMembers(archive, sources);
    // After the segments: what is sent to the house meanwhile is in the folder, or in the journal, and never in both.
    const { files, leftOut } = filesBeside(sources.journal);
    for (const name of files) members.push(...fileMember(archive, `journal/${name}`, join(sources.journal, name), 'may be gone'));
    for (const file of sources.others) members.push(...fileMember(archive, `files/${basename(file)}`, file, 'must be there'));
    const database = sources.database === null ? null : await tableMembers(archive, sources.database, members);
    const { entries, head, lastAt } = sources.whole;
    const journal = { entries, head, lastAt };
    const manifest: Manifest = { format: 1, catalyst: version, madeAt: sources.madeAt, journal, database, members, leftOut };
    archive.finish(manifestText(manifest));
    onDisk(path, () => fsyncSync(descriptor));
    return manifest;
  } finally {
    closeSync(descriptor);
  }
}

/** The segments up to the last whole entry: without a torn tail, and without zeros that are written ahead. */
function journalMembers(archive: ArchiveWriter, { journal, whole }: Sources): MemberSum[] {
  return Array.from({ length: whole.segment }, (_, place) => {
    const name = segmentName(place + 1);
    const path = join(journal, name);
    return withFile(path, 'r', (descriptor) => {
      const bytes = place + 1 === whole.segment ? whole.offset : fstatSync(descriptor).size;
      return member(archive, `journal/${name}`, { path, descriptor, bytes });
    });
  });
}

/** A file as long as it is now; what is added meanwhile is for the next backup. A link is not followed. */
function fileMember(archive: ArchiveWriter, name: string, path: string, wanted: 'may be gone' | 'must be there'): readonly MemberSum[] {
  const flags = wanted === 'may be gone' ? constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK : constants.O_RDONLY;
  try {
    return withFile(path, flags, (descriptor) => {
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) throw new ArchiveError({ kind: 'archive_io', path, code: 'not a plain file' });
      return [member(archive, name, { path, descriptor, bytes: stat.size })];
    });
  } catch (error) {
    const isGone = error instanceof ArchiveError && error.problem.kind === 'archive_io' && error.problem.code === 'ENOENT';
    if (isGone && wanted === 'may be gone') return [];
    throw error;
  }
}

type Bytes = { readonly path: string; readonly descriptor: number; readonly bytes: number };

function member(archive: ArchiveWriter, name: string, { path, descriptor, bytes }: Bytes): MemberSum {
  archive.begin(name);
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, Math.max(1, bytes)));
  for (let done = 0; done < bytes; ) {
    const wanted = Math.min(piece.length, bytes - done);
    const read = onDisk(path, () => readSync(descriptor, piece, 0, wanted, done));
    // Somebody has made it shorter meanwhile: it is what it is.
    if (read === 0) break;
    archive.write(piece.subarray(0, read));
    done += read;
  }
  return archive.end();
}

const LINE_FEED = 0x0a;

/** COPY writes a line a row, and a line feed within a row as `\n`. */
async function tableMembers(archive: ArchiveWriter, database: DatabaseDump, members: MemberSum[]): Promise<DatabaseMark> {
  const tables: TableMark[] = [];
  for await (const { name, rows } of database.tables()) {
    archive.begin(tableMember(name));
    let count = 0;
    for await (const piece of rows) {
      archive.write(piece);
      for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) count++;
    }
    members.push(archive.end());
    tables.push({ name, rows: count });
  }
  return { schema: database.schema, months: database.months, tables };
}
