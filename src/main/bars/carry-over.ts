import { copyFileSync, existsSync, linkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type StoredSession, type StoreManifest, sessionPath } from '#adapters/duckdb/store-manifest';

/** Brings what stays of the old store into the new one: sessions that were not written anew, and reports. */
export function carryOver(before: StoreManifest | null, written: readonly StoredSession[], store: string, target: string): void {
  if (before === null) return;
  const fresh = new Set(written.map(({ date }) => date));
  for (const { date } of before.sessions) {
    if (!fresh.has(date)) link(sessionPath(store, date), sessionPath(target, date));
  }
  const reports = join(store, 'reports');
  if (!existsSync(reports)) return;
  for (const name of readdirSync(reports)) link(join(reports, name), join(target, 'reports', name));
}

/** Files of a store never change, so both stores can share one; where links are not possible it is copied. */
function link(from: string, to: string): void {
  if (!existsSync(from)) return;
  try {
    linkSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    copyFileSync(from, to);
  }
}
