import type { FaultTally } from '#adapters/files/refused-rows';
import type { Frame } from '#domain/events/frame';
import { usCalendar } from '#domain/market/calendar';
import { assert } from '#domain/values/assert';
import { ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import type { BarProblem } from '#main/bars/bar-problem';
import { openReader, SessionLoader } from '#main/bars/session-loader';
import { usSessionHours } from '#main/bars/us-session-hours';

/** A session of daily bars as one frame, as if all of it had traded in the minute of the open. */
export type DailySession = {
  readonly date: SessionDate;
  readonly frame: Frame;
  readonly listed: SessionBars['listed'];
  readonly splits: SessionBars['splits'];
  /** Rows without a share traded: a quote or a leftover, no trading. They count as no bar. */
  readonly withoutVolume: number;
};

export type DailyBars = {
  readonly sessions: readonly SessionDate[];
  next(): Promise<Result<DailySession, BarProblem>>;
  refused(): readonly FaultTally[];
  close(): Promise<void>;
};

/** Opens daily bars in any of the forms that bars come in; sessions are given once each, oldest first. */
export async function openDailyBars(path: string, actions?: string): Promise<Result<DailyBars, BarProblem>> {
  const opened = await openReader({ path, barLabel: 'start', resolution: 'daily', ...(actions !== undefined && { actions }) });
  if (!opened.ok) return opened;
  const reader = opened.value;
  // A grid of one row: daily bars carry minute 0.
  const loader = new SessionLoader(reader, (date) => {
    const hours = usSessionHours(date);
    return hours === null ? null : { ...hours, openMinute: 0, closeMinute: 1 };
  });
  async function next(): Promise<Result<DailySession, BarProblem>> {
    const loaded = await loader.loadNext();
    return loaded.ok ? ok(sessionOf(loaded.value)) : loaded;
  }
  return ok({ sessions: reader.sessions, next, refused: () => reader.refused.tallies(), close: () => reader.close() });
}

function sessionOf({ date, width, bars, open, high, low, close, volume, listed, splits }: SessionBars): DailySession {
  const session = usCalendar.session(date);
  assert(session.ok, `${date} is a session`);
  let withoutVolume = 0;
  for (let s = 0; s < width; s++) {
    if (volume[s] !== 0) continue;
    volume[s] = -1;
    withoutVolume++;
  }
  const { open: start, openMinute: minute } = session.value;
  const frame = { width, open, high, low, close, volume, minute, start, present: bars - withoutVolume, regular: true };
  return { date, frame, listed, splits, withoutVolume };
}
