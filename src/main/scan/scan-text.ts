import { formatE4 } from '#domain/values/decimal';
import type { Member, NextUniverse, ReasonCounts, ScannedDay, ScannedName } from '#main/scan/scan-days';

const right = (value: string | number, width: number): string => String(value).padStart(width);
const percent = (fraction: number): string => (100 * fraction).toFixed(1);
const price = (e4: number): string => formatE4(Math.round(e4 / 100) * 100).slice(0, -2);
const millions = (e4: number): string => (e4 / 1e10).toFixed(1);

const reasonText = (counts: ReasonCounts): string =>
  Object.entries(counts)
    .map(([reason, count]) => `${reason.replaceAll('_', ' ')} ${count}`)
    .join(', ') || 'none';

export const daysHead = ['session     names   bars universe ranked  best three', '---------- ------ ------ -------- ------  ----------'];

/** One day of several as a row. */
export function dayRow({ date, names, bars, universe, ranked, candidates }: ScannedDay): string {
  const best = candidates.slice(0, 3).map(({ symbol, change }) => `${symbol} ${change < 0 ? '' : '+'}${percent(change)} %`);
  return `${date} ${right(names, 6)} ${right(bars, 6)} ${right(universe, 8)} ${right(ranked, 6)}  ${best.join(', ')}`.trimEnd();
}

/** A day on its own: who was left out and why, then its names, best first. */
export function dayLines(day: ScannedDay): readonly string[] {
  return [
    `${day.date}: ${day.names} names known, ${day.bars} traded, ${day.universe} in the universe by the days before, ${day.ranked} of them traded.`,
    `Outside, by reason (a name may have several): ${reasonText(day.outside)}.`,
    `In it and not shown: ${reasonText(day.left)}.`,
    ...(day.withoutVolume > 0 ? [`${day.withoutVolume} rows without a share traded count as no bar.`] : []),
    ...jumpsText(
      day,
      false,
      'Opened at 1.4 times the last close or more, or at 1 / 1.4 of it or less, without the trading that news brings: perhaps a split or a bad row, set aside today',
    ),
    ...jumpsText(day, true, 'Still there on the day after, a split or a fall that lasts; begun anew'),
    '',
    'rank symbol      score   gap %  move %  volume ×       open      close       shares',
    '---- -------- -------- ------- ------- --------- ---------- ---------- ------------',
    ...day.candidates.map(nameRow),
  ];
}

function jumpsText({ jumps }: ScannedDay, again: boolean, words: string): readonly string[] {
  const some = jumps.filter((jump) => jump.again === again);
  const each = some.map(({ symbol, previousClose, open }) => `${symbol} from ${price(previousClose)} to ${price(open)}`);
  return some.length === 0 ? [] : [`${words}: ${each.join(', ')}.`];
}

function nameRow({ symbol, score, gap, change, relativeVolume, open, close, shares }: ScannedName, place: number): string {
  return [
    right(place + 1, 4),
    symbol.padEnd(8),
    right(score.toFixed(2), 8),
    right(percent(gap), 7),
    right(percent(change), 7),
    right(relativeVolume.toFixed(1), 9),
    right(price(open), 10),
    right(price(close), 10),
    right(shares, 12),
  ].join(' ');
}

/** The names of the next session, the most traded first. */
export function universeLines({ date, names, outside, members }: NextUniverse, top: number): readonly string[] {
  const shown = members.slice(0, top);
  return [
    `Universe of ${date ?? 'the next session'}: ${members.length} of ${names} names.`,
    `Outside, by reason (a name may have several): ${reasonText(outside)}.`,
    '',
    `The ${shown.length} most traded:`,
    'symbol        close  million $ a day  range %',
    '-------- ---------- ---------------- --------',
    ...shown.map(memberRow),
  ];
}

const memberRow = ({ symbol, close, meanDollars, range }: Member): string =>
  `${symbol.padEnd(8)} ${right(price(close), 10)} ${right(millions(meanDollars), 16)} ${right(percent(range), 8)}`;
