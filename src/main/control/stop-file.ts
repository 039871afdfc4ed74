import { closeSync, constants, existsSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { reaches, type StopLevel, stopLevels } from '#domain/risk/stop-level';
import { placeFile } from '#main/control/durable-file';

/** What the file STOP beside a journal asks for. */
export type StopOrder = { readonly level: StopLevel; readonly because: string };

const BYTES_MAX = 1_024;

/** Levels as people write them, the gentlest first: in the file, and on the command line. */
export const levelWords: ReadonlyMap<string, StopLevel> = new Map([
  ['pause', 'pause_entries'],
  ['cancel', 'cancel_entries'],
  ['flatten', 'flatten'],
  ['suspend', 'suspend'],
]);

export const stopPath = (journal: string): string => join(journal, 'STOP');

/**
 * The stop that lies beside a journal, null when there is none. That there is such a thing is enough: one that is empty, no
 * file, not readable or not understood stops at level flatten.
 */
export function readStop(journal: string): StopOrder | null {
  const path = stopPath(journal);
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return null;
  const text = there.isFile() ? firstBytes(path) : '';
  const [first = '', ...rest] = text.split(/[\s:,]+/).filter((word) => word !== '');
  const level = levelWords.get(first.toLowerCase()) ?? stopLevels.find((one) => one === first.toLowerCase());
  const because = (level === undefined ? [first, ...rest] : rest).join(' ').trim();
  return { level: level ?? 'flatten', because: because === '' ? 'the file STOP is there' : because };
}

/** Leaves a stop for whoever runs this journal, now or next; a higher one that is there stays. */
export function leaveStop(journal: string, { level, because }: StopOrder): void {
  const there = readStop(journal);
  if (there !== null && reaches(there.level, level)) return;
  if (existsSync(journal)) placeFile(stopPath(journal), `${level} ${because}\n`);
}

function firstBytes(path: string): string {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const bytes = Buffer.alloc(BYTES_MAX);
      return bytes.toString('utf8', 0, readSync(descriptor, bytes)).replace(/[\p{Cc}\uFFFD]+/gu, ' ');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
