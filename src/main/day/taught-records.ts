import type { EventOf } from '#domain/events/event';
import { TrackRecords } from '#domain/patterns/track-records';
import type { Instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import { decodeEntries } from '#engine/journal/reader';

const kinds = ['session_opened', 'setup_resolved'] as const;

/**
 * How the setups of some journals ended before an instant, by pattern. What ended later is not looked at, and what several
 * journals tell of counts once: a day that was run twice is no second day. Throws a `JournalError`.
 */
export function taughtRecords(directories: readonly string[], before: Instant): readonly EventOf<'record_taught'>[] {
  const records = new TrackRecords();
  const told = new Set<string>();
  for (const directory of directories) {
    // Columns are given in the order of listing, anew in each journal.
    const tickers: Ticker[] = [];
    for (const { at, event } of decodeEntries(directory, { kinds })) {
      if (event.kind === 'session_opened') tickers.push(...event.listed);
      else if (at < before) {
        // Only one setup of a pattern is followed for a name at a time, so no second one ends at that instant.
        const setup = `${at} ${event.pattern} ${tickers[event.symbol] ?? `${directory} ${event.symbol}`}`;
        if (told.has(setup)) continue;
        told.add(setup);
        records.add(event.pattern, event.r);
      }
    }
  }
  return records.sums().map((sums) => ({ kind: 'record_taught', ...sums }));
}
