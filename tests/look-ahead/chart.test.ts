import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventOf } from '#domain/events/event';
import type { Frame } from '#domain/events/frame';
import { usCalendar } from '#domain/market/calendar';
import { frameOf } from '#engine/frames';
import { openBarSource } from '#main/bars/open-bar-source';
import { Chart } from '#production/technical/chart';
import { snapshotOf } from '#production/technical/snapshot';
import { type Bar, chance, frame, walk } from '#tests/bar-columns';
import { expectNoLookAhead } from '#tests/look-ahead/expect-no-look-ahead';
import { opened } from '#tests/one-service';
import { hasReference, reference } from '#tests/reference-data';

/** A minute, and whether a session begins or ends with it. */
type Step = { readonly opens?: EventOf<'session_opened'>; readonly frame: Frame; readonly closes?: boolean };

/** What the chart says of its first names after each minute: all indicators, and the levels with all they have met. */
function said(steps: readonly Step[]): readonly unknown[] {
  const chart = new Chart();
  return steps.map((step) => {
    if (step.opens !== undefined) chart.open(step.opens);
    chart.update(step.frame);
    chart.minutes.watch([0, 1, 2].filter((s) => s < step.frame.width));
    if (step.closes === true) chart.close();
    return Array.from({ length: Math.min(3, step.frame.width) }, (_, s) => [
      snapshotOf(chart, s),
      chart.levelsAround(s, chart.lastClose(s)),
      chart.volumeRatio(s),
    ]);
  });
}

const MORNING = 20;
const REGULAR = 390;

/** Days with a morning before the open; a gap from one to the next. */
function madeUpDays(seed: number, days: number): readonly Step[] {
  const names = 3;
  const next = chance(seed);
  return Array.from({ length: days }, (_, day) => {
    const walks = Array.from({ length: names }, (_, s) =>
      walk(seed + 7 * day + s, MORNING + REGULAR, 0.1, 500_000 + Math.round((next() - 0.5) * 20_000)),
    );
    return Array.from({ length: MORNING + REGULAR }, (_, m): Step => {
      const bars = walks.map((bars) => bars[m] as Bar);
      return {
        frame: frame(570 - MORNING + m, bars, m >= MORNING),
        ...(m === 0 && { opens: opened(names, { listed: day === 0 }) }),
        closes: m === MORNING + REGULAR - 1,
      };
    });
  }).flat();
}

/** A few instants and the minute after each. */
const cuts = (at: readonly number[]): readonly number[] => at.flatMap((cut) => [cut, cut + 1]);

test('on made-up days the chart knows at each minute what it knows when the data end there, and one minute later', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.array(fc.integer({ min: 420, max: 1200 }), { minLength: 2, maxLength: 2 }), (seed, at) => {
      expectNoLookAhead('the chart', madeUpDays(seed, 3), said, cuts(at));
    }),
    { numRuns: 3 },
  );
});

test('what it says is worth a look: levels of many sources, met and held', () => {
  const answers = JSON.stringify(said(madeUpDays(5, 3)));
  for (const source of ['swing', 'prior_high', 'premarket_high', 'round_number', 'vwap']) expect(answers).toContain(`"${source}"`);
  expect(answers).toMatch(/"bounces":[1-9]/);
});

test('a chart that is shown the next minute too early is caught', () => {
  const peeks = (steps: readonly Step[]): readonly unknown[] =>
    said(steps.map((step, i) => ({ ...step, frame: { ...step.frame, high: (steps[i + 1] ?? step).frame.high } })));
  expect(() => expectNoLookAhead('a peek', madeUpDays(1, 2), peeks, [700])).toThrow('step 699 is another one');
});

const FILE = 'data/restricted/us_equity/minute_43sym_2026_03.csv.gz';

test.skipIf(!hasReference)('on recorded days, too (skipped without the reference data)', async () => {
  const source = await openBarSource({ path: reference(FILE), barLabel: 'start', inProcess: true });
  if (!source.ok) throw new Error('the recorded bars cannot be read');
  const { sessions, load, close } = source.value.source;
  const steps: Step[] = [];
  for (const date of sessions.slice(0, 3)) {
    const session = usCalendar.session(date);
    if (!session.ok) throw new Error(date);
    const bars = await load(date);
    const { openMinute, closeMinute } = session.value;
    const opens = { ...opened(0), listed: bars.listed, openMinute, closeMinute };
    const last = bars.minutes.length - 1;
    for (let row = 0; row <= last; row++)
      steps.push({ ...(row === 0 && { opens }), frame: frameOf(bars, session.value, row), closes: row === last });
  }
  await close();
  const next = chance(11);
  const at = Array.from({ length: 3 }, () => 400 + Math.floor(next() * (steps.length - 402)));
  expectNoLookAhead('the chart', steps, said, cuts(at));
});
