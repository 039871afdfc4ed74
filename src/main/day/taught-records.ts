import type { EventOf } from '#domain/events/event';
import { TrackRecords } from '#domain/patterns/track-records';
import type { Instant } from '#domain/values/instant';
import { decodeEntries } from '#engine/journal/reader';

/** How the setups of some journals ended before an instant, by pattern. What ended later is not looked at. Throws a `JournalError`. */
export function taughtRecords(directories: readonly string[], before: Instant): readonly EventOf<'record_taught'>[] {
  const records = new TrackRecords();
  for (const directory of directories) {
    for (const { at, event } of decodeEntries(directory, { kinds: ['setup_resolved'] }))
      if (at < before) records.add(event.pattern, event.r);
  }
  return records.sums().map((sums) => ({ kind: 'record_taught', ...sums }));
}
