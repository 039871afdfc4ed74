import { defaultSettings } from '../../dist/domain/settings.js';
import { plan } from '../../dist/production/plan.js';
import { calibrate } from '../calibration.mjs';
import { options, report } from '../case.mjs';
import { dayFrame, daySession, intentOf } from '../risk-day.mjs';
import { WiredHouse } from '../wired-house.mjs';

const SYMBOLS = 500;
const TEACHING = 20;
const WARM = 30;
const MOVES = 100;
const OPEN = Date.UTC(2026, 2, 16, 13, 30);
const MINUTE = 60_000;
const CENT = 100;

const share = (sorted, part) => sorted[Math.floor(sorted.length * part)];
const ms = (nanoseconds) => Number(nanoseconds) / 1e6;

/** Each bar of 500 names moves the stop of the one that is held: decided, synced to the disk, and at the broker as a replacement. */
const calibration = calibrate();
const settings = { ...defaultSettings, exits: { ...defaultSettings.exits, timeStopMinutes: 0 } };
const wired = await WiredHouse.open({
  plan: plan().services,
  folder: `${options.scratch}/journal`,
  at: OPEN - 10 * 86_400_000,
  listed: (tickers) => [...tickers, ...Array.from({ length: SYMBOLS - tickers.length }, (_, s) => `S${s}`)],
});
const { house } = wired;
house.accept({ kind: 'run_started', settings, source: 'live_market', version: '0' }, wired.at);
for (let day = 0; day < TEACHING; day++) {
  house.accept(daySession(day === 0 ? wired.listed : [], true), wired.at);
  for (let minute = 570; minute < 960; minute++) house.accept({ kind: 'bars_closed', frame: dayFrame(minute, day) }, wired.at);
  house.accept({ kind: 'session_closed', date: '2026-03-16', lastBar: null, complete: true }, wired.at);
}
wired.at = OPEN + 30 * MINUTE;
house.accept(daySession([], false), wired.at);
house.accept({ kind: 'bars_closed', frame: dayFrame(599, TEACHING) }, wired.at);
await wired.start();

const ticker = wired.tickers[0];
wired.quote(ticker, 999_900, 1_000_000);
await wired.settle(50);
wired.accept({ kind: 'intent_formed', intent: { ...intentOf(0), target: 3_000_000 } });
await wired.settle(300);
if (!wired.said.some(({ kind }) => kind === 'order_filled')) throw new Error(`nothing was bought: ${JSON.stringify(wired.said.slice(-5))}`);

const waits = [];
const arrivals = [];
const syncs = [];
for (let move = 0; move < WARM + MOVES; move++) {
  const minute = 600 + move;
  const price = 1_030_000 + move * 20 * CENT;
  wired.at = OPEN + (minute - 570 + 1) * MINUTE;
  wired.quote(ticker, price - CENT, price);
  wired.left = [];
  wired.arrived = [];
  wired.syncs = [];
  const frame = dayFrame(minute, TEACHING);
  for (const name of ['open', 'high', 'low', 'close']) frame[name][0] = price;
  const began = process.hrtime.bigint();
  wired.accept({ kind: 'bars_closed', frame });
  // The line has its turn before this looks for what came of it.
  await wired.settle(10);
  await wired.proven();
  const [left, arrived] = [wired.left, wired.arrived].map((all) => all.find(({ method }) => method === 'PATCH'));
  if (left === undefined || arrived === undefined || move < WARM) continue;
  waits.push(ms(left.at - began));
  arrivals.push(ms(arrived.at - began));
  syncs.push(ms(wired.syncs[0] ?? 0n));
}
if (waits.length < MOVES / 2) throw new Error(`only ${waits.length} of ${MOVES} stops were moved`);
for (const sample of [waits, arrivals, syncs]) sample.sort((a, b) => a - b);
await wired.close();
report({
  figures: {
    median: share(waits, 0.5),
    slow: share(waits, 0.99),
    arrivedMedian: share(arrivals, 0.5),
    arrivedSlow: share(arrivals, 0.99),
    syncMedian: share(syncs, 0.5),
    syncSlow: share(syncs, 0.99),
    moves: waits.length,
  },
  calibration,
});
process.exit(0);
