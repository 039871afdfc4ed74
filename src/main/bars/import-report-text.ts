import { faultWords, type RefusedRow } from '#adapters/files/refused-rows';
import { formatE4 } from '#domain/values/decimal';
import type { SessionDate } from '#domain/values/session-date';
import type { Gap, ImportReport, Jump, Quality } from '#main/bars/import-report';

const SHOWN = 3;

/** The report for people, a line for each finding. */
export function importReportLines(report: ImportReport): readonly string[] {
  const { rowsRead, rowsKept, rowsRefused, files, added, replaced, kept, missing } = report;
  return [
    `Import ${report.number} of ${report.at}: ${files.length} files, ${rowsRead} rows read, ${rowsKept} kept, ${rowsRefused} refused.`,
    `Sessions: ${dates('added', added)}, ${dates('replaced', replaced)}, ${dates('refused because stored already', kept)}.`,
    ...report.refusedFiles.map(({ because }) => `Refused file: ${because}`),
    ...report.refused.map(({ fault, rows, examples }) => `Refused ${rows} rows: ${faultWords[fault]} (${places(examples)}).`),
    ...(report.pricesRounded > 0 ? [`Rounded ${report.pricesRounded} prices that were finer than 1e-4, half to even.`] : []),
    ...(missing.length > 0 ? [`Sessions of the calendar that the store lacks: ${some(missing)}.`] : []),
    ...qualityLines(report.quality),
  ];
}

function qualityLines({ gaps, disorder, jumps, overnightJumps, volumeShifts, incomplete, stopped }: Quality): readonly string[] {
  return [
    ...(gaps.count > 0
      ? [
          `Gaps: ${gaps.count} minutes without a bar between two bars; the longest: ${gaps.examples.slice(0, SHOWN).map(gapText).join('; ')}.`,
        ]
      : []),
    ...(disorder.count > 0
      ? [`Out of order: ${disorder.count} rows were earlier than the one before of their symbol (${places(disorder.examples)}).`]
      : []),
    ...(jumps.count > 0
      ? [`Jumps of more than 20 % from bar to bar: ${jumps.count} (${jumps.examples.slice(0, SHOWN).map(jumpText).join('; ')}).`]
      : []),
    ...(overnightJumps.count > 0
      ? [
          `Jumps of more than 40 % overnight without a split: ${overnightJumps.count} (${overnightJumps.examples.slice(0, SHOWN).map(jumpText).join('; ')}).`,
        ]
      : []),
    ...volumeShifts.map(
      ({ date, times, symbols }) => `Volume changes its scale on ${date}: ${times} times the usual (median of ${symbols} symbols).`,
    ),
    ...incomplete.map(({ date, firstMinute, lastMinute, openMinute, closeMinute }) =>
      firstMinute < 0
        ? `Incomplete session ${date}: no bar in the regular hours.`
        : `Incomplete session ${date}: bars from ${clock(firstMinute)} to ${clock(lastMinute + 1)} of ${clock(openMinute)} to ${clock(closeMinute)}.`,
    ),
    ...(stopped.length > 0 ? [`Symbols that stop: ${some(stopped.map(({ symbol, last }) => `${symbol} after ${last}`))}.`] : []),
  ];
}

const gapText = ({ symbol, date, fromMinute, minutes }: Gap): string => `${symbol} ${date} ${minutes} minutes from ${clock(fromMinute)}`;
const jumpText = ({ symbol, date, minute, before, after }: Jump): string =>
  `${symbol} ${date}${minute === 0 ? '' : ` ${clock(minute)}`} from ${formatE4(before)} to ${formatE4(after)}`;
const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const places = (rows: readonly RefusedRow[]): string =>
  rows
    .slice(0, SHOWN)
    .map(({ file, line }) => `${file}:${line}`)
    .join(', ');
const dates = (what: string, list: readonly SessionDate[]): string =>
  list.length > 1 ? `${list.length} ${what} (${list[0]} to ${list.at(-1)})` : list.length === 1 ? `1 ${what} (${list[0]})` : `0 ${what}`;
const some = (list: readonly string[]): string =>
  list.length <= 8 ? list.join(', ') : `${list.slice(0, 8).join(', ')} and ${list.length - 8} more`;
