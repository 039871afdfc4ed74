import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { BEATS, LONGEST_MS, type Watched } from '#main/paper/loop-beats';
import { Silence, TICK_MS } from '#main/paper/silence';

const STDERR = 2;
const { shared, blockedMsMax } = workerData as Watched;
const silence = new Silence();

// Whoever is blocked cannot end itself, and a signal that the program handles would wait for the loop as well. What is on the
// disk holds, and starting again is the way on from any moment.
setInterval(() => {
  const ms = silence.tick(Atomics.load(shared, BEATS));
  if (ms > Atomics.load(shared, LONGEST_MS)) Atomics.store(shared, LONGEST_MS, ms);
  if (ms <= blockedMsMax) return;
  writeSync(
    STDERR,
    `catalyst: the process has stood still for ${ms / 1000} seconds and is ended; orders at the broker stay; start it again\n`,
  );
  process.kill(process.pid, 'SIGKILL');
}, TICK_MS);
