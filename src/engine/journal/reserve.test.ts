import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { JournalError } from '#engine/journal/problems';
import { verifyJournal } from '#engine/journal/reader';
import { Reserve } from '#engine/journal/reserve';
import { type DiskFault, onFailingDisk } from '#engine/journal/testing/failing-disk';
import { emptyDirectory, must, sampleLines, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';

const BYTES = 3_000_000;
const lines = sampleLines();
const whole = emptyDirectory();
writeSample(whole);
const undisturbed = must(verifyJournal(whole));

const kept = (directory = emptyDirectory()): { readonly reserve: Reserve; readonly path: string } => {
  const reserve = new Reserve(directory, BYTES);
  reserve.keep();
  return { reserve, path: join(directory, 'reserve') };
};

test('it is as long as it should be, without holes, and gone once it is given back', () => {
  const { reserve, path } = kept();
  expect(reserve.isKept).toBe(true);
  expect([statSync(path).size, statSync(path).blocks * 512 >= BYTES]).toEqual([BYTES, true]);
  reserve.release();
  expect([reserve.isKept, existsSync(path)]).toEqual([false, false]);
});

test('G4: a file system that packs what it keeps has to keep all of it', () => {
  const { path } = kept();
  expect(deflateSync(readFileSync(path), { level: 1 }).length).toBeGreaterThan(0.99 * BYTES);
});

test('one that an earlier process left is taken over, and one that is cut off is made anew', () => {
  const directory = emptyDirectory();
  const path = join(directory, 'reserve');
  writeFileSync(path, 'x'.repeat(BYTES));
  kept(directory);
  expect(readFileSync(path, 'latin1')[0]).toBe('x');
  writeFileSync(path, 'x'.repeat(BYTES - 1));
  kept(directory);
  expect([statSync(path).size, readFileSync(path, 'latin1')[0]]).not.toContain('x');
});

test('G4: where there is no room for it nothing is kept and nothing of it stays', () => {
  const directory = emptyDirectory();
  onFailingDisk({ call: 'writeSync', nth: 2, code: 'ENOSPC' }, () => {
    const { reserve, path } = kept(directory);
    expect([reserve.isKept, existsSync(path)]).toEqual([false, false]);
  });
  expect(kept(directory).reserve.isKept).toBe(true);
});

/** All lines on a disk that once has no room. */
function written(fault: Pick<DiskFault, 'call' | 'nth' | 'torn' | 'named'>) {
  const directory = emptyDirectory();
  const { reserve } = kept();
  const calls = onFailingDisk({ ...fault, code: 'ENOSPC', times: fault.torn ? 2 : 1 }, () => {
    const writer = must(JournalWriter.open(directory, { segmentBytes: 900, room: reserve }));
    for (const line of lines) writer.append(...line);
    writer.close();
  });
  return { calls, gaveUp: !reserve.isKept, directory };
}

test.each([
  ['a segment', { call: 'openSync', named: /journal$/ }],
  ['a write', { call: 'writeSync' }],
  ['the second half of a write', { call: 'writeSync', torn: true }],
] as const)('G4: no room for %s gives the reserve up, once, and everything is written', (_, fault) => {
  const most = written({ ...fault, nth: Number.POSITIVE_INFINITY }).calls;
  expect(most).toBeGreaterThan(2);
  for (let nth = 1; nth <= most; nth++) {
    const { gaveUp, directory } = written({ ...fault, nth });
    expect([gaveUp, must(verifyJournal(directory))], `call ${nth}`).toEqual([true, undisturbed]);
  }
});

test('G4: when the reserve has been given up, the next time without room is the last', () => {
  const { reserve } = kept();
  const writer = must(JournalWriter.open(emptyDirectory(), { room: reserve }));
  const [line] = lines;
  if (line === undefined) throw new Error('there is a line');
  onFailingDisk({ call: 'writeSync', nth: 1, code: 'ENOSPC' }, () => {
    writer.append(...line);
    expect(() => writer.commit()).toThrow(JournalError);
  });
  expect(reserve.isKept).toBe(false);
  writer.close();
});

test('G5: what fails for another reason is not tried again, and the reserve stays', () => {
  const { reserve } = kept();
  const writer = must(JournalWriter.open(emptyDirectory(), { room: reserve }));
  const [line] = lines;
  if (line === undefined) throw new Error('there is a line');
  onFailingDisk({ call: 'writeSync', nth: 1, code: 'EIO', times: 1 }, () => {
    writer.append(...line);
    expect(() => writer.commit()).toThrow(JournalError);
  });
  expect(reserve.isKept).toBe(true);
  writer.close();
});
