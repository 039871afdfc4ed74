import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { archivePieces } from '#adapters/archive/archive-pieces';
import { onDisk } from '#adapters/archive/archive-problem';
import type { MemberSum } from '#adapters/archive/archive-writer';
import { JournalError } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { MismatchError } from '#main/backup/backup-problem';
import { syncFolder, withFile } from '#main/backup/disk';
import { type Manifest, parseManifest } from '#main/backup/manifest';

/** Which members are put back. */
export type Wanted = (name: string) => boolean;

const everything: Wanted = () => true;

/**
 * Puts an archive's members into a new folder of ours, and returns its manifest when the whole of it has been proven. The
 * folder is not to be trusted before; whoever called removes it when this throws.
 */
export function unpack(path: string, secret: Secret, folder: string, wanted = everything): Manifest {
  return withFile(path, 'r', (descriptor) => {
    const members: MemberSum[] = [];
    const pieces = archivePieces({ path, descriptor }, secret);
    const made = new Set<string>([folder]);
    let out: OutFile | null = null;
    try {
      let step = pieces.next();
      for (; !step.done; step = pieces.next()) {
        const piece = step.value;
        if (piece.kind === 'begin') out = wanted(piece.name) ? new OutFile(folder, piece.name, made) : null;
        else if (piece.kind === 'bytes') out?.write(piece.bytes);
        else {
          out?.end();
          out = null;
          members.push(piece.sum);
        }
      }
      for (const each of made) syncFolder(each);
      return agreed(step.value, members);
    } finally {
      out?.abandon();
    }
  });
}

/** A file of one member, made new: nothing that is there is followed or written over. */
class OutFile {
  readonly #path: string;
  readonly #descriptor: number;

  constructor(folder: string, name: string, made: Set<string>) {
    this.#path = join(folder, name);
    for (let parent = dirname(this.#path); !made.has(parent); parent = dirname(parent)) made.add(parent);
    onDisk(this.#path, () => mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 }));
    this.#descriptor = onDisk(this.#path, () => openSync(this.#path, 'wx', 0o600));
  }

  write(bytes: Buffer): void {
    onDisk(this.#path, () => {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
    });
  }

  end(): void {
    onDisk(this.#path, () => fsyncSync(this.#descriptor));
    this.abandon();
  }

  abandon(): void {
    closeSync(this.#descriptor);
  }
}

/** The manifest, which must name what was there and nothing else. */
function agreed(text: string, members: readonly MemberSum[]): Manifest {
  const parsed = parseManifest(text);
  if (!parsed.ok) throw new MismatchError(parsed.problem);
  const told = new Map(parsed.value.members.map((sum) => [sum.name, sum]));
  for (const { name, bytes, sha256 } of members) {
    const sum = told.get(name);
    if (sum?.bytes !== bytes || sum.sha256 !== sha256) throw new MismatchError({ kind: 'members_differ', name });
    told.delete(name);
  }
  for (const name of told.keys()) throw new MismatchError({ kind: 'members_differ', name });
  return parsed.value;
}

/** Reads everything that was put back once more from the disk, and holds it against the manifest; then the chain of the journal. */
export function proveUnpacked(folder: string, manifest: Manifest, wanted = everything): void {
  for (const { name, sha256 } of manifest.members)
    if (wanted(name) && hashOf(join(folder, name)) !== sha256) throw new MismatchError({ kind: 'file_differs', name });
  const { entries, head } = manifest.journal;
  const verified = verifyJournal(join(folder, 'journal'));
  if (!verified.ok) throw new JournalError(verified.problem);
  const found = verified.value;
  if (found.torn !== null || found.entries !== entries || found.head !== head)
    throw new MismatchError({ kind: 'journal_differs', expected: endText(entries, head), found: endText(found.entries, found.head) });
}

const endText = (entries: number, head: string): string => `entry ${entries} (${head})`;

const PIECE_BYTES = 1 << 20;

function hashOf(path: string): string {
  return withFile(path, 'r', (descriptor) => {
    const hash = createHash('sha256');
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) hash.update(piece.subarray(0, read));
    return hash.digest('hex');
  });
}
