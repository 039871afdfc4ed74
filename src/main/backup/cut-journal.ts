import { fsyncSync, ftruncateSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk } from '#adapters/archive/archive-problem';
import { segmentName, segmentsIn } from '#engine/journal/segment-format';
import { syncFolder, withFile } from '#main/backup/disk';
import type { JournalMark } from '#main/backup/manifest';
import { wholeJournal } from '#main/backup/whole-journal';

/** Ends a journal that nobody writes after an entry that it has; what came later is gone from this copy. */
export function cutJournal(directory: string, sequence: number): JournalMark {
  const { entries, head, lastAt, segment, offset } = wholeJournal(directory, sequence);
  for (const later of segmentsIn(directory).filter((number) => number > segment)) {
    const path = join(directory, segmentName(later));
    onDisk(path, () => rmSync(path));
  }
  withFile(join(directory, segmentName(segment)), 'r+', (descriptor) => {
    ftruncateSync(descriptor, offset);
    fsyncSync(descriptor);
  });
  syncFolder(directory);
  return { entries, head, lastAt };
}
