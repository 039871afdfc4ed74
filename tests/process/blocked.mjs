// Loaded before the program: its loop stands still for two and a half seconds at a SIGHUP, and for good at a SIGQUIT.
import { isMainThread } from 'node:worker_threads';

const standStill = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

if (isMainThread) {
  process.on('SIGHUP', () => standStill(2_500));
  process.on('SIGQUIT', () => standStill(Number.POSITIVE_INFINITY));
}
