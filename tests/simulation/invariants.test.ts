import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { parseE4 } from '#domain/values/decimal';
import { recording } from '#engine/journal/recorder';
import { JournalWriter } from '#engine/journal/writer';
import { ledgerOf } from '#main/day/ledger';
import { type MadeUpDays, madeUpDays, runMadeUpDays } from './made-up-days.js';
import { Occurrences } from './occurrences.js';

const SEED = 20_180_312;

test(`the hard rules hold in every minute of 300 made-up sessions (seed ${SEED})`, async () => {
  const seen = new Occurrences();
  const property = fc.asyncProperty(madeUpDays, async (days) => {
    await runMadeUpDays(days, seen);
  });
  await fc.assert(property, { numRuns: 30, seed: SEED, endOnFailure: true });
  const mustOccur = ['halt: daily_loss', 'halt with open positions', 'too_many_positions', 'partial fill of entry', 'win', 'loss'];
  expect(seen.missing(mustOccur)).toEqual([]);
}, 120_000);

const usual = fc.sample(madeUpDays, { numRuns: 1, seed: SEED })[0] as MadeUpDays;
const calm = {
  rally: null,
  crash: null,
  shakenAt: null,
  drowsy: false,
  silence: null,
  stopAt: null,
  modeAt: null,
  openRiskMax: defaultSettings.limits.openRiskMax,
  lean: false,
  thinnedBy: 1,
  exacting: false,
} as const;

/** Days in which something once went wrong. */
const mended: readonly (readonly [what: string, days: Partial<MadeUpDays>])[] = [
  [
    'an entry that fills in the minute in which another loss halts the day leaves at once',
    {
      ...calm,
      seed: 201_788,
      symbols: 42,
      from: '2018-02-28',
      mode: 'aggressive',
      capital: 2_000_000,
      lossMax: 2,
      momentum: 1,
      eager: true,
      crash: { row: 207, depth: 0.005, minutes: 1 },
      modeAt: { row: 140, mode: 'conservative' },
    },
  ],
  [
    'an entry that fills after our cancel stays known, whatever else was cancelled before its fill was told',
    {
      ...calm,
      seed: 271_008,
      symbols: 20,
      from: '2018-02-28',
      mode: 'aggressive',
      capital: 25_000,
      lossMax: 100,
      momentum: 6,
      eager: true,
      lean: true,
      rally: { row: 60, height: 0.02 },
      crash: { row: 315, depth: 0.03, minutes: 60 },
      shakenAt: 35,
    },
  ],
];

test.each(mended)('%s', async (_, days) => {
  const seen = new Occurrences();
  await runMadeUpDays({ ...usual, ...days }, seen);
  expect(seen.missing(['halt: daily_loss'])).toEqual([]);
});

test('M3: the ledger of a journal comes to the cash, the fees and the P&L of the fills and of the report', async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'catalyst-ledger-')), 'journal');
  const opened = JournalWriter.open(directory);
  if (!opened.ok) throw new Error(opened.problem.kind);
  const recorder = recording(opened.value);
  const days: MadeUpDays = {
    ...usual,
    ...calm,
    eager: true,
    symbols: 40,
    capital: 100_000,
    lossMax: 2000,
    mode: 'normal',
    rally: { row: 20, height: 0.02 },
  };
  const ran = await runMadeUpDays(days, new Occurrences(), recorder);
  recorder.close();
  const lines = [...ledgerOf(directory)];
  const fills = lines.filter(({ kind }) => kind === 'fill');
  const e4 = (text: unknown): number => parseE4(String(text)) ?? Number.NaN;
  const traded = ran.filter(({ history }) => !history);
  const closings = lines.filter(({ kind }) => kind === 'session_closed');
  expect(fills.length).toBeGreaterThan(4);
  expect(closings.map(({ equity }) => e4(equity))).toEqual(traded.map(({ report }) => report.equity));
  expect(closings.map(({ pnl }) => e4(pnl))).toEqual(traded.map(({ report }) => report.pnl));
  const flow = fills.reduce(
    (sum, { side, shares, price, fees }) => sum + (side === 'buy' ? -1 : 1) * Number(shares) * e4(price) - e4(fees),
    0,
  );
  expect(flow).toBe(traded.reduce((sum, { report }) => sum + report.pnl, 0));
  expect(fills.reduce((sum, { fees }) => sum + e4(fees), 0)).toBe(traded.reduce((sum, { report }) => sum + report.fees, 0));
  const positions = lines.filter(({ kind }) => kind === 'position_closed');
  expect(positions.reduce((sum, { pnl }) => sum + e4(pnl), 0)).toBe(flow);
});
