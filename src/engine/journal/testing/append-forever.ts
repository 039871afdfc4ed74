import { openSync, writeSync } from 'node:fs';
import type { Event } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import { JournalError } from '#engine/journal/problems';
import { syntheticFrames } from '#engine/journal/testing/synthetic-frames';
import { JournalWriter } from '#engine/journal/writer';

// Appends and commits until it is killed, or for so many turns. After each commit a line in the reports names the entry
// that must never be lost.
const [, , directory = '', reports = '', seed = '1', turns = 'Infinity'] = process.argv;
const opened = JournalWriter.open(directory, { segmentBytes: 1 << 17 });
if (!opened.ok) throw new JournalError(opened.problem);
const report = openSync(reports, 'a');
const frames = syntheticFrames(284, 40, Number(seed));
const warning: Event = {
  kind: 'stop_requested',
  level: 'flatten',
  by: 'a test',
  from: 'person',
  because: 'to have small entries between the frames',
};
try {
  for (let turn = 0; turn < Number(turns); turn++) {
    const group = 1 + ((turn * 7 + Number(seed)) % 60);
    for (let count = 0; count < group; count++) {
      const frame = frames[(turn + count) % frames.length] ?? warning;
      opened.value.append(count % 3 === 0 ? warning : frame, instant(turn), opened.value.sequence, 'door');
    }
    opened.value.commit();
    writeSync(report, `${opened.value.sequence} ${opened.value.head}\n`);
  }
} catch (error) {
  if (!(error instanceof JournalError)) throw error;
  let again = 'accepted';
  try {
    opened.value.append(warning, instant(0), 0, 'door');
  } catch {
    again = 'refused';
  }
  opened.value.close();
  process.stderr.write(`${JSON.stringify(error.problem)} ${again}\n`);
}
