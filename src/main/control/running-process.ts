import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockHolder } from '#engine/journal/lock';

/** How long a killed process may take to be gone, in milliseconds. */
const GONE_WITHIN = 5_000;

/** The process that writes a journal; null when nobody does. */
export const writerOf = (journal: string): number | null => lockHolder(journal);

export type Ended = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Ends the process that holds the journal's lock, at once and without asking it: one that hangs would not answer, and one
 * that wakes up later could still send what it had in mind. Nothing is lost, since starting again is replay.
 */
export async function endWriter(journal: string): Promise<Ended> {
  const pid = lockHolder(journal);
  if (pid === null) return { ok: false, why: 'no process holds the journal any more' };
  if (!isCatalyst(pid)) return { ok: false, why: `process ${pid} holds the journal but is not known to be Catalyst; end it by hand` };
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; waited < GONE_WITHIN; waited += 50) {
    if (lockHolder(journal) !== pid) return { ok: true };
    await sleep(50);
  }
  return { ok: false, why: `process ${pid} was told to end and is still there` };
}

/** By the command line that the system keeps of it; where there is none, nobody is ended. */
function isCatalyst(pid: number): boolean {
  const path = `/proc/${pid}/cmdline`;
  if (pid === process.pid || !existsSync(path)) return false;
  const words = readFileSync(path, 'utf8').split('\0');
  return words.some((word) => /(^|\/)(catalyst(\.js)?|dist\/main\/cli\.js)$/.test(word));
}
