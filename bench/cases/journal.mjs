import { Buffer } from 'node:buffer';
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalWriter } from '../../dist/engine/journal/writer.js';
import { calibrate } from '../calibration.mjs';
import { must, options, report } from '../case.mjs';

const SECONDS = 1;
/** With it, an entry takes about 200 bytes in the file. */
const TEXT = 'Acme Devices raises its outlook for the year after orders grew faster than it had expected in every region';

/** How often a second the work can be done, measured for a second. */
function perSecond(work) {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < SECONDS * 1000) {
    work(done);
    done++;
  }
  return (done * 1000) / (performance.now() - began);
}

/** The disk without the journal: the same bytes written and synced, at the end of a growing file or in one that has its size. */
function rawWrites(name, bytes, size) {
  const fd = openSync(join(options.scratch, name), 'wx');
  if (size > 0) writeSync(fd, Buffer.alloc(size));
  fsyncSync(fd);
  const entry = Buffer.alloc(bytes, 1);
  const rate = perSecond((done) => {
    writeSync(fd, entry, 0, bytes, size === 0 ? done * bytes : (done * bytes) % (size - bytes));
    fdatasyncSync(fd);
  });
  closeSync(fd);
  return rate;
}

function journal(name) {
  const writer = must(JournalWriter.open(join(options.scratch, name)));
  const append = () =>
    writer.append({ kind: 'headline_published', id: '1:1', knownAt: 1, source: 'wire', text: TEXT, symbols: [7] }, 1, 0, 'door');
  return { writer, append };
}

const GROUP = 100;

const calibration = calibrate();
const one = journal('one');
one.append();
const entryBytes = one.writer.uncommitted;
const growing = rawWrites('growing', entryBytes, 0);
const preallocated = rawWrites('preallocated', entryBytes, 16 << 20);
const single = perSecond(() => {
  one.append();
  one.writer.commit();
});
one.writer.close();
const many = journal('many');
const grouped = perSecond(() => {
  for (let entry = 0; entry < GROUP; entry++) many.append();
  many.writer.commit();
});
many.writer.close();
report({ figures: { single, growing, preallocated, grouped: grouped * GROUP, entryBytes }, calibration });
