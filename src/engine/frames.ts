import type { Frame } from '#domain/events/frame';
import { minuteStart } from '#domain/market/calendar';
import type { Session } from '#domain/market/session-table';
import type { SessionBars } from '#engine/ports/bar-source';

/** The minute of one row as views on the session's columns: nothing is copied. */
export function frameOf(bars: SessionBars, session: Session, row: number): Frame {
  const { width } = bars;
  const from = row * width;
  const to = from + width;
  const minute = bars.minutes[row] as number;
  const volume = bars.volume.subarray(from, to);
  let present = 0;
  for (let s = 0; s < width; s++) if ((volume[s] as number) >= 0) present++;
  return {
    minute,
    start: minuteStart(session, minute),
    width,
    present,
    regular: minute >= session.openMinute && minute < session.closeMinute,
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume,
  };
}
