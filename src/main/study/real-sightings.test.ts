import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { bearPatterns, bullPatterns, sightingsOf } from '#domain/patterns/patterns';
import { SessionBars } from '#domain/patterns/session-bars';
import { SymbolColumns } from '#domain/values/symbol-columns';
import { frameOf } from '#engine/frames';
import { openBarSource } from '#main/bars/open-bar-source';
import { chance } from '#tests/bar-columns';
import { hasReference, reference } from '#tests/reference-data';

const patterns = [...bullPatterns, ...bearPatterns];
const INSTANTS = 40;

test.skipIf(!hasReference)(
  'on recorded bars a session that is cut at an instant shows the same patterns at it (needs ../shared)',
  async () => {
    const path = reference('data/restricted/us_equity/minute_43sym_2026_03.csv.gz');
    const opened = await openBarSource({ path, barLabel: 'start', inProcess: true });
    if (!opened.ok) throw new Error(opened.problem.kind);
    const { source } = opened.value;
    const next = chance(11);
    let sightings = 0;
    const table = new SymbolColumns();
    const whole = new SessionBars(table);
    let names = 0;
    for (const date of source.sessions.slice(0, 4)) {
      const bars = await source.load(date);
      const found = usCalendar.session(date);
      if (!found.ok) throw new Error(date);
      const session = found.value;
      names += bars.listed.length;
      table.ensure(names);
      whole.startSession(session.openMinute);
      for (let row = 0; row < bars.minutes.length; row++) whole.update(frameOf(bars, session, row));
      for (let i = 0; i < INSTANTS; i++) {
        const now = session.openMinute + 1 + Math.floor(next() * (session.closeMinute - session.openMinute));
        const cutTable = new SymbolColumns();
        const cut = new SessionBars(cutTable);
        cutTable.ensure(names);
        cut.startSession(session.openMinute);
        for (let row = 0; row < bars.minutes.length && (bars.minutes[row] as number) < now; row++) cut.update(frameOf(bars, session, row));
        for (let s = 0; s < names; s++) {
          const close = cut.viewOf(s, now, { close: 0, atr: 0, vwap: 0, volumeRatio: 0 }).minutes.at(-1)?.close ?? 0;
          // A name at its price of the day before, and an ATR of a fifth of a percent: enough for every pattern to have a say.
          const known = { close, atr: close / 500, vwap: close * 0.9995, volumeRatio: 1 };
          const seen = (of: SessionBars) =>
            sightingsOf({ ...of.viewOf(s, now, known), previousClose: Math.round(close * 0.999) }, patterns);
          const there = seen(whole);
          sightings += there.length;
          expect(seen(cut)).toEqual(there);
        }
      }
      whole.endSession();
    }
    await source.close();
    expect(sightings).toBeGreaterThan(15);
  },
);
