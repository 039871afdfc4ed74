import fc from 'fast-check';
import type { Request } from '#domain/events/request';
import type { Mode } from '#domain/market/trading-day';
import { defaultSettings, type Settings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import type { Recorder } from '#engine/journal/recorder';
import { plan } from '#production/plan';
import { defaultFillModel, type FillModel } from '#simulation/exchange/fill-model';
import { drowsyEnd, scaled, shaken, silenced, thinned, together } from './bends.js';
import { HardRules } from './hard-rules.js';
import type { Occurrences } from './occurrences.js';
import { type Bend, runSimulation, type SimulatedSession, sessionsFrom } from './simulated-house.js';

/** What may happen in some made-up days. A number in place of a session or a row is a share of those there are. */
export type MadeUpDays = {
  readonly seed: number;
  readonly symbols: number;
  readonly from: string;
  readonly mode: Mode;
  /** In dollars. */
  readonly capital: number;
  readonly lossMax: number;
  readonly momentum: number;
  /** Whether every candidate counts as having a catalyst. */
  readonly eager: boolean;
  readonly thinnedBy: number;
  readonly lean: boolean;
  /** Whether little risk may be open at once. */
  readonly openRiskMax: number;
  readonly rally: { readonly row: number; readonly height: number } | null;
  readonly crash: { readonly row: number; readonly depth: number; readonly minutes: number } | null;
  readonly shakenAt: number | null;
  /** Whether nothing trades near the end but a little in the last minute. */
  readonly drowsy: boolean;
  /** Some names stop trading, or all when the data end early. */
  readonly silence: { readonly row: number; readonly every: number } | null;
  readonly stopAt: number | null;
  readonly modeAt: { readonly row: number; readonly mode: Mode } | null;
  /** Whether more is asked for than the two risks that lie before every target, so that nothing may be bought. */
  readonly exacting: boolean;
};

const HISTORY = 6;
const TRADED = 4;
const modes: readonly Mode[] = ['normal', 'aggressive', 'conservative'];
/** Beginnings from which ten sessions hold a half day, daylight saving, a change of year, or nothing of note. */
const beginnings = ['2018-11-14', '2019-06-21', '2018-02-28', '2017-12-19', '2024-06-20', '2026-03-02'];
const row = fc.integer({ min: 16, max: 380 });

/** In so many of five runs. */
const now = <Value>(ofFive: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: ofFive, arbitrary: value }, { weight: 5 - ofFive, arbitrary: fc.constant(null) });

export const madeUpDays: fc.Arbitrary<MadeUpDays> = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  symbols: fc.integer({ min: 4, max: 50 }),
  from: fc.constantFrom(...beginnings),
  mode: fc.constantFrom(...modes),
  capital: fc.constantFrom(500, 3_000, 25_000, 100_000, 100_000, 2_000_000),
  lossMax: fc.constantFrom(2, 20, 100, 500, 2_000, 2_000),
  momentum: fc.constantFrom(0, 1, 3, 6),
  eager: fc.boolean(),
  thinnedBy: fc.constantFrom(1, 1, 5, 40),
  lean: fc.boolean(),
  // With the least the second entry of a day finds it used.
  openRiskMax: fc.constantFrom(defaultSettings.limits.openRiskMax, defaultSettings.limits.openRiskMax, 0.015, 0.004),
  rally: now(4, fc.record({ row: fc.constantFrom(16, 20, 60, 150, 280), height: fc.constantFrom(0.005, 0.02, 0.04) })),
  crash: now(3, fc.record({ row, depth: fc.constantFrom(0.005, 0.03, 0.2), minutes: fc.constantFrom(1, 5, 60) })),
  shakenAt: now(2, row),
  drowsy: fc.boolean(),
  silence: now(1, fc.record({ row, every: fc.constantFrom(1, 2, 3) })),
  stopAt: now(1, row),
  modeAt: now(1, fc.record({ row, mode: fc.constantFrom(...modes) })),
  exacting: now(1, fc.constant(true)).map((exacting) => exacting === true),
});

function settingsOf({ mode, capital, lossMax, eager, openRiskMax, exacting }: MadeUpDays): Settings {
  return {
    ...defaultSettings,
    mode,
    capital: cash(capital * 10_000),
    limits: {
      ...defaultSettings.limits,
      lossTodayMax: cash(lossMax * 10_000),
      openRiskMax,
      ...(exacting && { rewardToRiskMin: 2.5 }),
    },
    scanner: { ...defaultSettings.scanner, priceMin: 10_000, dollarVolumeMin: 10_000 },
    unexplainedSurge: eager ? { on: true, gapMin: -1, relativeVolumeMin: 0 } : defaultSettings.unexplainedSurge,
  };
}

/** A whole market that rises together makes many setups in one minute; what crashes and falls silent comes after. */
function bendOf({ thinnedBy, rally, crash, shakenAt, drowsy, silence }: MadeUpDays): Bend {
  return together(
    (bars) => thinned(bars, thinnedBy),
    (bars, index) => {
      if (rally === null || index < HISTORY) return;
      scaled(
        bars,
        rally.row,
        (at) => 1 + rally.height * Math.min(1, (at - rally.row + 1) / 15),
        () => true,
      );
    },
    (bars, index) => {
      if (crash === null || index % 2 === 0) return;
      scaled(
        bars,
        crash.row,
        (at) => 1 - crash.depth * Math.min(1, (at - crash.row + 1) / crash.minutes),
        () => true,
      );
    },
    (bars, index) => {
      if (shakenAt !== null && index >= HISTORY && shakenAt < bars.minutes.length) shaken(bars, shakenAt, 0.1);
    },
    (bars, index) => {
      if (drowsy && index >= HISTORY) drowsyEnd(bars, 15, 20);
    },
    (bars, index) => {
      if (silence !== null && index >= HISTORY)
        silenced(bars, silence.row, Number.POSITIVE_INFINITY, (symbol) => symbol % silence.every === 0);
    },
  );
}

const leanModel: FillModel = { ...defaultFillModel, limitShareBp: 200, marketShareBp: 500 };

const tester = { by: 'a test', from: 'person' } as const;

function requestAt({ stopAt, modeAt }: MadeUpDays, index: number, minuteOfSession: number): Request | null {
  if (index === HISTORY + TRADED - 1 && minuteOfSession === stopAt)
    return { kind: 'stop_trading', level: 'flatten', because: 'to see what stops', ...tester };
  if (index >= HISTORY && minuteOfSession === modeAt?.row)
    return { kind: 'change_parameter', name: 'mode', value: JSON.stringify(modeAt.mode), because: 'to see what changes', ...tester };
  return null;
}

/** Runs the days with every hard rule held against every entry; throws where one is broken. */
export async function runMadeUpDays(
  days: MadeUpDays,
  seen: Occurrences,
  also: Recorder | null = null,
): Promise<readonly SimulatedSession[]> {
  const settings = settingsOf(days);
  const rules = new HardRules(settings, plan().services, seen, also);
  return runSimulation({
    seed: days.seed,
    symbols: days.symbols,
    sessions: sessionsFrom(days.from, HISTORY + TRADED),
    history: HISTORY,
    settings,
    recorder: rules,
    momentum: days.momentum,
    bend: bendOf(days),
    model: days.lean ? leanModel : defaultFillModel,
    requestAt: (index, { minute }) => requestAt(days, index, minute - 570),
    sent: (orders) => rules.sent(orders),
    afterSession: (session) => rules.agrees(session),
  });
}
