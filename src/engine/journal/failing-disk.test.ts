import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Service } from '#domain/events/service';
import { instant } from '#domain/values/instant';
import { House } from '#engine/house';
import { JournalError } from '#engine/journal/problems';
import { readJournal, verifyJournal } from '#engine/journal/reader';
import { recording } from '#engine/journal/recorder';
import { type DiskFault, onFailingDisk } from '#engine/journal/testing/failing-disk';
import { emptyDirectory, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const lines = sampleLines();
const whole = emptyDirectory();
writeSample(whole);
const undisturbed = must(verifyJournal(whole));

type Failed = { readonly directory: string; readonly committed: number; readonly codes: readonly string[]; readonly calls: number };

/** Appends all lines and commits after every third, until the disk fails; then says what still answers, and how. */
function written(fault: DiskFault): Failed {
  const directory = join(emptyDirectory(), 'journal');
  let committed = 0;
  const codes: string[] = [];
  const codeOf = (work: () => void): string => {
    try {
      work();
      return 'done';
    } catch (error) {
      if (!(error instanceof JournalError) || error.problem.kind !== 'journal_unwritable') throw error;
      return error.problem.code;
    }
  };
  const calls = onFailingDisk(fault, () => {
    const opened = JournalWriter.open(directory, { segmentBytes: 900 });
    if (!opened.ok) return void codes.push(opened.problem.kind === 'journal_unwritable' ? opened.problem.code : opened.problem.kind);
    const writer = opened.value;
    const code = codeOf(() => {
      for (const [place, line] of lines.entries()) {
        writer.append(...line);
        if (place % 3 !== 2) continue;
        writer.commit();
        committed = writer.sequence;
      }
      writer.close();
    });
    codes.push(code);
    const [first] = lines;
    if (code === 'done' || first === undefined) return;
    for (const more of [() => writer.append(...first), () => writer.flush(), () => writer.commit()]) codes.push(codeOf(more));
    writer.close();
  });
  return { directory, committed, codes, calls };
}

/** Goes on where the journal ends, as a restart does, and gives what stands in it at the end. */
function continued(directory: string): unknown {
  const writer = must(JournalWriter.open(directory, { segmentBytes: 900 }));
  for (const line of lines.slice(writer.sequence)) writer.append(...line);
  writer.close();
  return { ...must(verifyJournal(directory)), files: [...readJournal(directory)].length };
}

const faults: readonly (readonly [what: string, fault: Omit<DiskFault, 'nth'>])[] = [
  ['G4: no room for a new segment', { call: 'openSync', code: 'ENOSPC' }],
  ['G4: no room for a write', { call: 'writeSync', code: 'ENOSPC' }],
  ['G4: no room for the second half of a write', { call: 'writeSync', code: 'ENOSPC', torn: true }],
  ['G5: a sync of entries that fails', { call: 'fdatasyncSync', code: 'EIO' }],
  ['G5: a sync of a folder or of a closed segment that fails', { call: 'fsyncSync', code: 'EIO' }],
  ['G5: a segment that cannot be cut', { call: 'ftruncateSync', code: 'EIO' }],
];

describe('whichever call it is', () => {
  test.each(faults)('%s ends the writer for good, loses nothing that was committed, and the next run goes on', (_, fault) => {
    const end = written({ ...fault, nth: Number.POSITIVE_INFINITY }).calls;
    expect(end).toBeGreaterThan(1);
    for (let nth = 1; nth <= end; nth++) {
      const { directory, committed, codes } = written({ ...fault, nth });
      expect(new Set(codes), `call ${nth}`).toEqual(new Set([fault.code]));
      const found = verifyJournal(directory);
      expect(found.ok ? found.value.entries : 0, `call ${nth}`).toBeGreaterThanOrEqual(committed);
      expect(continued(directory), `call ${nth}`).toEqual({ ...undisturbed, files: lines.length });
    }
  });
});

describe('an order', () => {
  const trader: Service = {
    name: 'trader',
    consumes: ['stop_requested'],
    hears: [],
    emits: ['cancel_requested'],
    step: (_, emit) => emit({ kind: 'cancel_requested', order: 'x' as never, reason: 'entry_stale' }),
    hashInto: () => {},
  };
  test.each<readonly [what: string, fault: DiskFault | null, left: number]>([
    ['leaves when its entry is on the disk', null, 1],
    ['G4: of an entry for which there is no room does not leave', { call: 'writeSync', nth: 1, code: 'ENOSPC' }, 0],
    ['G5: of an entry whose sync fails does not leave', { call: 'fdatasyncSync', nth: 1, code: 'EIO' }, 0],
  ])('%s', (_, fault, left) => {
    const sent: unknown[] = [];
    const broker = { submit: () => {}, cancel: (order: unknown) => void sent.push(order), suspend: () => {}, resume: () => {} };
    const writer = must(JournalWriter.open(join(emptyDirectory(), 'journal')));
    const house = new House({ plan: [trader], recorder: recording(writer), broker });
    const asks = () => house.accept({ kind: 'stop_requested', level: 'flatten', by: 'ann', from: 'person', because: 'a test' }, instant(1));
    if (fault === null) asks();
    else onFailingDisk(fault, () => expect(asks).toThrow(JournalError));
    expect(sent).toHaveLength(left);
    if (fault !== null) expect(asks).toThrow(JournalError);
    expect(sent).toHaveLength(left);
    writer.close();
  });
});
