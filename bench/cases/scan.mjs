import { SessionClock } from '../../dist/domain/market/session-clock.js';
import { defaultSettings } from '../../dist/domain/settings.js';
import { scanner } from '../../dist/production/scanner/scanner.js';
import { calibrate } from '../calibration.mjs';
import { report } from '../case.mjs';

const SYMBOLS = 10_000;
const TEACHING = 6;
const OPEN = Date.UTC(2026, 2, 16, 13, 30);
const MINUTE = 60_000;

/** Every name has a bar each minute, moves by more than the least range and trades more than the least volume. */
function frameAt(minute, session) {
  const column = () => new Int32Array(SYMBOLS);
  const frame = { width: SYMBOLS, open: column(), high: column(), low: column(), close: column(), volume: column() };
  for (let s = 0; s < SYMBOLS; s++) {
    // Spread without any order, so that the ranking has work to do.
    const drift = ((s * 7919 + session * 104_729 + minute * 31) % 1000) / 1000;
    const price = Math.round(200_000 * (1 + 0.05 * drift));
    frame.open[s] = price;
    frame.high[s] = price + 2000;
    frame.low[s] = price - 2000;
    frame.close[s] = price + 500;
    frame.volume[s] = 2000 + ((s * 13 + minute) % 500);
  }
  return { ...frame, minute, start: OPEN + (minute - 570) * MINUTE, present: SYMBOLS, regular: true };
}

const opened = (session, history) => ({
  kind: 'session_opened',
  date: '2026-03-16',
  open: OPEN,
  close: OPEN + 390 * MINUTE,
  openMinute: 570,
  closeMinute: 960,
  history,
  listed: session === 0 ? Array.from({ length: SYMBOLS }, (_, s) => `S${s}`) : [],
});
const closed = { kind: 'session_closed', date: '2026-03-16', lastBar: null, complete: true };

const service = scanner();
let said = [];
function see(event) {
  said = [];
  const began = performance.now();
  service.step({ sequence: 1, at: OPEN, cause: 0, event }, (one) => said.push(one));
  return (performance.now() - began) / 1000;
}

see({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: '0' });
for (let session = 0; session < TEACHING; session++) {
  see(opened(session, true));
  for (let minute = 570; minute < 960; minute++) see({ kind: 'bars_closed', frame: frameAt(minute, session) });
  see(closed);
}

const calibration = calibrate();
const universe = see(opened(TEACHING, false));
if (said[0]?.size !== SYMBOLS) throw new Error(`${said[0]?.size} of ${SYMBOLS} names are in the universe`);
const clock = new SessionClock(opened(TEACHING, false));
const scans = [];
const milliseconds = (seconds) => seconds * 1000;
for (let minute = 570; minute < 960; minute++) {
  const seconds = see({ kind: 'bars_closed', frame: frameAt(minute, TEACHING) });
  if (!clock.scanDue(minute + 1, 'normal')) continue;
  if (said[0]?.kept.length !== 100) throw new Error(`no scan at ${minute + 1}`);
  scans.push(seconds);
}
scans.sort((a, b) => a - b);
report({
  figures: { universe: milliseconds(universe), median: milliseconds(scans[scans.length >> 1]), worst: milliseconds(scans.at(-1)) },
  calibration,
});
