import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { review } from '../../dist/domain/risk/approval.js';
import { calibrate } from '../calibration.mjs';
import { report } from '../case.mjs';
import { intentOf, RiskDay, ticks, view } from '../risk-day.mjs';

const WARM = 20_000;
const TIMED = 20_000;
const AT_ONCE = 1_000;
const NAMES = 400;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const micro = (seconds) => seconds * 1e6;
const share = (sorted, part) => sorted[Math.floor(sorted.length * part)];
const intents = Array.from({ length: NAMES }, (_, s) => intentOf(50 + s));

/** Each way to have an intent reviewed gives the seconds that one took. */
const day = new RiskDay();
const ways = {
  domain(intent) {
    const began = performance.now();
    const verdict = review(intent, view, ticks);
    const seconds = (performance.now() - began) / 1000;
    if (verdict.kind !== 'approved') throw new Error(JSON.stringify(verdict));
    return seconds;
  },
  service(intent) {
    const seconds = day.review(intent);
    day.giveBack();
    return seconds;
  },
};

const pauses = [];
new PerformanceObserver((list) => pauses.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['gc'] });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A thousand in one go: what each leaves on the heap, and the longest pause for collecting it. */
async function atOnce(way) {
  collect();
  await settle();
  pauses.length = 0;
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < AT_ONCE; i++) way(intents[i % NAMES]);
  const grown = process.memoryUsage().heapUsed - before;
  await settle();
  return { bytes: Math.max(0, grown) / AT_ONCE, pause: Math.max(0, ...pauses) };
}

const calibration = calibrate();
const figures = {};
for (const [name, way] of Object.entries(ways)) {
  for (let i = 0; i < WARM; i++) way(intents[i % NAMES]);
  const times = Array.from({ length: TIMED }, (_, i) => way(intents[i % NAMES])).sort((a, b) => a - b);
  const { bytes, pause } = await atOnce(way);
  Object.assign(figures, {
    [`${name}Median`]: micro(share(times, 0.5)),
    [`${name}Slow`]: micro(share(times, 0.99)),
    [`${name}Bytes`]: bytes,
    [`${name}Pause`]: pause,
  });
}
report({ figures, calibration });
process.exit(0);
