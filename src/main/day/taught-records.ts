import type { EventOf } from '#domain/events/event';
import { TrackRecords } from '#domain/patterns/track-records';
import type { Instant } from '#domain/values/instant';
import type { Ticker } from '#domain/values/symbol';
import { decodeEntries } from '#engine/journal/reader';
import { Failure } from '#main/commands/failure';

const kinds = ['run_started', 'session_opened', 'setup_resolved'] as const;

/**
 * How the setups of some journals ended before an instant, by pattern. What ended later is not looked at, and what several
 * journals tell of counts once: a day that was run twice is no second day. What was drawn by lot teaches nothing of a real
 * market. Throws a `JournalError`, or a `Failure` for the journal of a simulated market.
 */
export function taughtRecords(directories: readonly string[], before: Instant): readonly EventOf<'record_taught'>[] {
  const records = new TrackRecords();
  const told = new Set<string>();
  for (const directory of directories) {
    // Columns are given in the order of listing, anew in each journal.
    const tickers: Ticker[] = [];
    for (const { at, event } of decodeEntries(directory, { kinds })) {
      if (event.kind === 'run_started') {
        if (event.source === 'simulated_market')
          throw new Failure('usage', `${directory} is the journal of a simulated market; give --learn-from one of recorded sessions`);
      } else if (event.kind === 'session_opened') tickers.push(...event.listed);
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
