import type { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { fstatSync, fsyncSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { KEY_FILE_BYTES } from '#adapters/archive/archive-key';
import { syncFolder, withFile } from '#main/backup/disk';
import { Failure } from '#main/commands/failure';

/** Makes a key that nobody has, in a new file for its owner alone. */
export function writeNewKey(path: string): void {
  withFile(path, 'wx', (descriptor) => {
    writeSync(descriptor, randomBytes(KEY_FILE_BYTES));
    fsyncSync(descriptor);
  });
  syncFolder(dirname(path));
}

export function readKey(path: string): Buffer {
  const key = readOwn(path);
  if (key.length !== KEY_FILE_BYTES)
    throw new Failure(
      'badInput',
      `${path} has ${key.length} bytes and a key has ${KEY_FILE_BYTES}; make one with: catalyst backup --new-key FILE`,
    );
  return key;
}

const PASSPHRASE_BYTES_MAX = 4_096;

/** The first line of a file. */
export function readPassphrase(path: string): string {
  const bytes = readOwn(path);
  if (bytes.length > PASSPHRASE_BYTES_MAX) throw new Failure('badInput', `${path} is too long for a file that holds a passphrase`);
  return bytes.toString('utf8').split(/\r?\n/)[0] ?? '';
}

/** A secret that others can read is none. */
function readOwn(path: string): Buffer {
  return withFile(path, 'r', (descriptor) => {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new Failure('badInput', `${path} is no plain file`);
    if ((stat.mode & 0o077) !== 0) throw new Failure('badInput', `others may read or change ${path}; first: chmod 600 ${path}`);
    return readFileSync(descriptor);
  });
}
