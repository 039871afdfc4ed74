import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '#adapters/postgres/record-store';
import { formatInstant, type Instant } from '#domain/values/instant';
import type { Newest } from '#engine/journal/newest';
import type { Projection } from '#main/record/tables';

/** How far a projection is behind its journal, in entries and in seconds of the journal's own time. */
export type Lag = { readonly projection: Projection; readonly sequence: number; readonly entries: number; readonly seconds: number };

/** What a follower tells of itself beside the journal, so that the database is not needed to know how far behind it is. */
export type FollowerState = {
  /** When it was written, by the clock of the machine. */
  readonly at: string;
  readonly pid: number;
  readonly database: 'there' | 'away';
  readonly why: string | null;
  readonly newest: { readonly sequence: number; readonly at: string } | null;
  readonly lags: readonly Lag[];
  /** Somebody has ended it: nobody is to wait for its next word. */
  readonly hasEnded: boolean;
};

export const FOLLOWER_FILE = 'projection.json';

export function lagOf(projection: Projection, written: Pick<Place, 'sequence' | 'at'> | null, newest: Newest | null): Lag {
  const sequence = written?.sequence ?? 0;
  if (newest === null || sequence >= newest.sequence) return { projection, sequence, entries: 0, seconds: 0 };
  const seconds = written === null ? 0 : Math.max(0, (newest.at - written.at) / 1000);
  return { projection, sequence, entries: newest.sequence - sequence, seconds };
}

export const lagText = ({ projection, sequence, entries, seconds }: Lag): string =>
  `${projection.padEnd(9)} at entry ${sequence}, ${entries === 0 ? 'nothing' : `${entries} entries and ${seconds.toFixed(1)} s`} behind`;

/** Takes the place of the one before in one step; `false` where there is no room for it, which stops nobody. */
export function writeFollower(directory: string, state: Omit<FollowerState, 'at' | 'pid'>, now: Instant): boolean {
  const draft = join(directory, `${FOLLOWER_FILE}.${process.pid}`);
  try {
    writeFileSync(draft, `${JSON.stringify({ at: formatInstant(now), pid: process.pid, ...state })}\n`);
    renameSync(draft, join(directory, FOLLOWER_FILE));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    rmSync(draft, { force: true });
    return false;
  }
}

/** What the last follower told; null when there was none, or what is there cannot be read. */
export function readFollower(directory: string): FollowerState | null {
  try {
    return JSON.parse(readFileSync(join(directory, FOLLOWER_FILE), 'utf8')) as FollowerState;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
