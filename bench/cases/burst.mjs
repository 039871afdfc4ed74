import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DataStream } from '../../dist/adapters/alpaca/data-stream.js';
import { dialer, liveness } from '../../dist/adapters/websocket/dial.js';
import { usCalendar } from '../../dist/domain/market/calendar.js';
import { defaultSettings } from '../../dist/domain/settings.js';
import { House } from '../../dist/engine/house.js';
import { recording } from '../../dist/engine/journal/recorder.js';
import { JournalWriter } from '../../dist/engine/journal/writer.js';
import { MinuteFrames } from '../../dist/main/live/minute-frames.js';
import { systemClock } from '../../dist/main/news/system-clock.js';
import { plan } from '../../dist/production/plan.js';
import { calibrate } from '../calibration.mjs';
import { must, options, report } from '../case.mjs';

/** Ten times the busiest minute of the reference data: 284 bars and 6 headlines. */
const BARS = 2_840;
const STORIES = 60;
const MINUTES = 20;
const MINUTE = 60_000;

const calibration = calibrate();
const session = must(usCalendar.session('2026-03-16'));
const names = Array.from({ length: BARS }, (_, s) => `B${s.toString(36).toUpperCase().padStart(3, '0')}`);
const recorder = recording(must(JournalWriter.open(join(options.scratch, 'journal'))));
const nobody = { submit: () => {}, cancel: () => {}, suspend: () => {}, resume: () => {} };
const house = new House({ plan: plan().services, recorder, broker: nobody });
const { date, open, close, openMinute, closeMinute, preOpen } = session;
house.accept({ kind: 'run_started', settings: defaultSettings, source: 'live_market', version: '0' }, preOpen);
house.accept({ kind: 'session_opened', date, open, close, openMinute, closeMinute, history: false, listed: names }, preOpen);

const columns = new Map(names.map((name, column) => [name, column]));
const lags = [];
for (let minute = 0; minute < MINUTES; minute++) {
  const start = open + minute * MINUTE;
  const worker = new Worker(new URL('../burst-server.mjs', import.meta.url), {
    workerData: { names, bars: BARS, minute: new Date(start).toISOString() },
  });
  const [{ port }] = await once(worker, 'message');
  const frames = new MinuteFrames(session, BARS, 0);
  for (const frame of frames.due(start)) frames.skipTo(frame);
  const stop = new AbortController();
  let told = 0;
  let whole;
  const all = new Promise((resolve) => {
    whole = resolve;
  });
  const ready = new Promise((resolve) => {
    const line = {
      dial: dialer(liveness),
      clock: systemClock,
      random: Math.random,
      keyId: 'SIMULATED',
      secret: 'SIMULATED-NOT',
      answerMsMax: 5_000,
      url: new URL(`ws://127.0.0.1:${port}`),
    };
    const wanted = { bars: names, updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
    void new DataStream(line, wanted).follow((news) => {
      if (news.kind === 'line_ready') resolve();
      if (news.kind !== 'bar') return;
      const { ticker, at, ...bar } = news.bar;
      frames.take({ ...bar, symbol: columns.get(ticker), start: at });
      if (++told === BARS) whole();
    }, stop.signal);
  });
  await ready;
  const sent = once(worker, 'message');
  worker.postMessage('minute');
  const [{ at }] = await sent;
  await all;
  const end = start + MINUTE;
  for (let story = 0; story < STORIES; story++) {
    const text = `Company ${story} raises its outlook for the year after orders grew faster than it had expected in every region`;
    house.accept(
      {
        kind: 'headline_published',
        id: `burst:${minute}:${story}`,
        knownAt: end,
        publishedAt: end,
        source: 'wire',
        text,
        symbols: [story],
      },
      end,
    );
  }
  for (const frame of frames.due(end)) house.accept({ kind: 'bars_closed', frame }, end);
  recorder.commit();
  if (minute > 2) lags.push(Number(process.hrtime.bigint() - at) / 1e6);
  stop.abort();
  await worker.terminate();
}
lags.sort((a, b) => a - b);
report({ figures: { median: lags[lags.length >> 1], worst: lags.at(-1) }, calibration });
process.exit(0);
