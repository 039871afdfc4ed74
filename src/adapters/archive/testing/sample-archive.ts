import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '#adapters/archive/archive-key';
import { archivePieces } from '#adapters/archive/archive-pieces';
import { ArchiveError, type ArchiveProblem } from '#adapters/archive/archive-problem';
import { ArchiveWriter, type MemberSum } from '#adapters/archive/archive-writer';

export type Member = { readonly name: string; readonly bytes: Buffer };

export const aKey = (): Secret => ({ kind: 'key_file', key: randomBytes(32) });

/** A path that nobody else uses, with nothing there. */
export const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'catalyst-archive-')), 'a.backup');

/** Bytes that are always the same for a seed, and that no compressor makes smaller. */
export function noise(seed: number, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) => createHash('sha256').update(`${seed} ${block}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

/** Writes an archive and gives what it says of its members. */
export function written(path: string, secret: Secret, members: readonly Member[], manifest = 'a manifest'): readonly MemberSum[] {
  const descriptor = openSync(path, 'wx');
  try {
    const archive = new ArchiveWriter({ path, descriptor }, secret);
    const sums = members.map(({ name, bytes }) => {
      archive.begin(name);
      for (let at = 0; at < bytes.length; at += 50_000) archive.write(bytes.subarray(at, at + 50_000));
      return archive.end();
    });
    archive.finish(manifest);
    return sums;
  } finally {
    closeSync(descriptor);
  }
}

export type ReadBack = { readonly members: readonly Member[]; readonly manifest: string };

/** Reads an archive to its end. Throws as `archivePieces` does. */
export function readBack(path: string, secret: Secret): ReadBack {
  const descriptor = openSync(path, 'r');
  const members: Member[] = [];
  let name = '';
  let parts: Buffer[] = [];
  try {
    const pieces = archivePieces({ path, descriptor }, secret);
    for (let step = pieces.next(); ; step = pieces.next()) {
      if (step.done) return { members, manifest: step.value };
      if (step.value.kind === 'bytes') parts.push(step.value.bytes);
      else if (step.value.kind === 'begin') {
        name = step.value.name;
        parts = [];
      } else members.push({ name, bytes: Buffer.concat(parts) });
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Why an archive is refused; null when it is taken. */
export function refusal(path: string, secret: Secret): ArchiveProblem | null {
  try {
    readBack(path, secret);
    return null;
  } catch (error) {
    if (error instanceof ArchiveError) return error.problem;
    throw error;
  }
}

/** The problem of an archive after its bytes were changed. */
export function refusalOf(original: string, secret: Secret, change: (bytes: Buffer) => Buffer): ArchiveProblem | null {
  const path = newPath();
  writeFileSync(path, change(Buffer.from(readFileSync(original))));
  return refusal(path, secret);
}
