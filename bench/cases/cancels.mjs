import { review } from '../../dist/domain/risk/approval.js';
import { defaultSettings } from '../../dist/domain/settings.js';
import { trading } from '../../dist/production/trading/trading.js';
import { calibrate } from '../calibration.mjs';
import { options, report } from '../case.mjs';
import { daySession, intentOf, ticks, view } from '../risk-day.mjs';
import { WiredHouse } from '../wired-house.mjs';

const ORDERS = 50;
const OPEN = Date.UTC(2026, 2, 16, 13, 30);

/** Fifty entries that rest at the broker; then the emergency stop, until the last cancel has come there. */
const calibration = calibrate();
const wired = await WiredHouse.open({ plan: [trading()], folder: `${options.scratch}/journal`, at: OPEN, listed: (tickers) => tickers });
const { house } = wired;
const settings = { ...defaultSettings, exits: { ...defaultSettings.exits, entryMinutesMax: 0 } };
house.accept({ kind: 'run_started', settings, source: 'live_market', version: '0' }, wired.at);
house.accept(daySession(wired.listed, false), wired.at);
await wired.start();
for (let symbol = 0; symbol < ORDERS; symbol++) {
  wired.quote(wired.tickers[symbol], 1_009_900, 1_010_000);
  const verdict = review({ ...intentOf(symbol), liquidShares: 5 }, { ...view, engaged: [] }, ticks);
  if (verdict.kind !== 'approved') throw new Error(JSON.stringify(verdict));
  wired.accept({ kind: 'intent_approved', intent: 1000 + symbol, order: verdict.order, stamp: { version: 1, hash: '' } });
  await wired.settle(10);
}
await wired.settle(500);
const accepted = wired.said.filter(({ kind }) => kind === 'order_accepted').length;
if (accepted !== 3 * ORDERS) throw new Error(`${accepted} of ${3 * ORDERS} orders were accepted`);
wired.left = [];
wired.arrived = [];
const began = process.hrtime.bigint();
wired.accept({ kind: 'halt_ordered', reason: 'requested', level: 'cancel_entries', pnl: 0, limit: 0 });
const handed = Number(process.hrtime.bigint() - began) / 1e6;
await wired.settle(500);
const cancels = wired.arrived.filter(({ method }) => method === 'DELETE');
if (cancels.length !== ORDERS) throw new Error(`${cancels.length} of ${ORDERS} cancels came to the broker`);
const last = (all) => Number(all.reduce((latest, { at }) => (at > latest ? at : latest), 0n) - began) / 1e6;
await wired.close();
report({ figures: { handed, left: last(wired.left), arrived: last(cancels) }, calibration });
process.exit(0);
