import { formatE4 } from '#domain/values/decimal';
import type { NextUniverse, ScannedDay } from '#main/scan/scan-days';

/** A scanned day for machines; prices as decimal text. Documented in docs/reference/scan.md. */
export function dayLine({ date, names, bars, universe, outside, ranked, left, candidates, withoutVolume, jumps }: ScannedDay): object {
  return {
    session: date,
    names,
    bars,
    universe,
    outside,
    ranked,
    left,
    withoutVolume,
    doubtful: jumps.map(({ symbol, previousClose, open, again }) => ({
      symbol,
      previousClose: formatE4(previousClose),
      open: formatE4(open),
      done: again ? 'begun_anew' : 'set_aside',
    })),
    candidates: candidates.map(({ previousClose, open, close, ...rest }, place) => ({
      rank: place + 1,
      ...rest,
      previousClose: formatE4(previousClose),
      open: formatE4(open),
      close: formatE4(close),
    })),
  };
}

/** The universe of the session to come for machines. */
export function universeLine({ date, names, outside, members }: NextUniverse): object {
  return {
    universeOf: date,
    names,
    universe: members.length,
    outside,
    members: members.map(({ symbol, close, meanDollars, range }) => ({
      symbol,
      close: formatE4(close),
      meanDollars: formatE4(Math.round(meanDollars)),
      range,
    })),
  };
}
