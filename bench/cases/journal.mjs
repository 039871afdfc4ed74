import { Buffer } from 'node:buffer';
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalWriter } from '../../dist/engine/journal/writer.js';
import { calibrate } from '../calibration.mjs';
import { must, options, report } from '../case.mjs';

/** With it, an entry takes about 200 bytes in the file. */
const TEXT = 'Acme Devices raises its outlook for the year after orders grew faster than it had expected in every region';
const GROUP = 100;
/** The disk is not the same from one second to the next, so that all are measured in turn, in short rounds. */
const ROUNDS = 6;
const ROUND_MS = 200;

/** The disk without the journal: as many bytes written and synced, at the end of a growing file or in one that has its size. */
function rawWrites(name, bytes, size) {
  const fd = openSync(join(options.scratch, name), 'wx');
  if (size > 0) writeSync(fd, Buffer.alloc(size));
  fsyncSync(fd);
  const entry = Buffer.alloc(bytes, 1);
  let at = 0;
  return {
    work() {
      writeSync(fd, entry, 0, bytes, at);
      fdatasyncSync(fd);
      at += bytes;
      if (size > 0 && at + bytes > size) at = 0;
    },
    close: () => closeSync(fd),
  };
}

function journal(name, entries) {
  const writer = must(JournalWriter.open(join(options.scratch, name)));
  const append = () =>
    writer.append(
      { kind: 'headline_published', id: '1:1', knownAt: 1, publishedAt: null, source: 'wire', text: TEXT, symbols: [7] },
      1,
      0,
      'door',
    );
  return {
    writer,
    append,
    work() {
      for (let entry = 0; entry < entries; entry++) append();
      writer.commit();
    },
    close: () => writer.close(),
  };
}

/** Runs of `work` a second: the first round only warms up. */
function rates(measured) {
  const spent = new Map();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, { work }] of Object.entries(measured)) {
      const began = performance.now();
      let done = 0;
      while (performance.now() - began < ROUND_MS) {
        work();
        done++;
      }
      const before = spent.get(name) ?? { done: 0, ms: 0 };
      if (round > 0) spent.set(name, { done: before.done + done, ms: before.ms + performance.now() - began });
    }
  }
  return Object.fromEntries([...spent].map(([name, { done, ms }]) => [name, (done * 1000) / ms]));
}

const calibration = calibrate();
const single = journal('single', 1);
single.append();
const entryBytes = single.writer.uncommitted;
const measured = {
  single,
  growing: rawWrites('growing', entryBytes, 0),
  preallocated: rawWrites('preallocated', entryBytes, 16 << 20),
  grouped: journal('grouped', GROUP),
  groups: rawWrites('groups', entryBytes * GROUP, 16 << 20),
};
const found = rates(measured);
for (const { close } of Object.values(measured)) close();
report({ figures: { ...found, grouped: found.grouped * GROUP, groups: found.groups * GROUP, entryBytes }, calibration });
