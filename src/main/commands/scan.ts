import { writeFileSync } from 'node:fs';
import { faultWords } from '#adapters/files/refused-rows';
import type { SessionDate } from '#domain/values/session-date';
import { barProblemText } from '#main/bars/bar-problem';
import { Failure } from '#main/commands/failure';
import { refuseOwnInput } from '#main/commands/own-output';
import { printable, printableJson } from '#main/commands/printable';
import type { Weights } from '#main/commands/weights';
import { type DailyBars, openDailyBars } from '#main/scan/daily-bars';
import { DayScans, type NextUniverse, type ScannedDay, type ScanRequest } from '#main/scan/scan-days';
import { dayLine, universeLine } from '#main/scan/scan-line';
import { dayLines, dayRow, daysHead, universeLines } from '#main/scan/scan-text';
import { note, showMarked } from '#main/terminal';

export type ScanOptions = {
  readonly data: string;
  readonly on?: SessionDate;
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly top: number;
  readonly actions?: string;
  readonly weights: Weights;
  readonly json: boolean;
  readonly out?: string;
};

/** The universe and the candidates of days, from daily bars; without a day, the universe of the session to come. */
export async function scanCommand(options: ScanOptions): Promise<void> {
  const { data, on, from, to, top, weights } = options;
  if (on !== undefined && (from !== undefined || to !== undefined)) throw new Failure('usage', '--on goes without --from and --to');
  if (top < 1) throw new Failure('usage', '--top must be at least 1');
  refuseOwnInput(options.out, [data, options.actions]);
  const opened = await openDailyBars(data, options.actions);
  if (!opened.ok) throw new Failure('badInput', barProblemText(opened.problem));
  const bars = opened.value;
  try {
    const range = rangeOf(options, bars);
    const report = await walked(bars, { ...range, top, weights });
    for (const { fault, rows, examples } of bars.refused())
      note(`${rows} rows refused: ${faultWords[fault]}, first at ${examples[0]?.file}:${examples[0]?.line}`);
    if (range.to > (bars.sessions.at(-1) ?? '')) checkTomorrow(report.next, on, bars);
    publish(options, options.json ? machineLines(report) : peopleLines(report, top).map(printable));
  } finally {
    await bars.close();
  }
}

type Range = { readonly from: SessionDate; readonly to: SessionDate };
type Report = { readonly days: readonly ScannedDay[]; readonly next: NextUniverse | null };

/** After every session there is when nothing is asked for: then only the universe to come is wanted. */
function rangeOf({ on, from, to }: ScanOptions, { sessions }: DailyBars): Range {
  const [first, last] = [sessions[0], sessions.at(-1)];
  if (first === undefined || last === undefined) throw new Failure('badInput', 'no session lies there');
  if (on !== undefined) {
    if (on > last || sessions.includes(on)) return { from: on, to: on };
    throw new Failure('badInput', `no session ${on} lies there; there are ${sessions.length}, from ${first} to ${last}`);
  }
  if (from === undefined && to === undefined) return { from: '9999-12-31' as SessionDate, to: '9999-12-31' as SessionDate };
  const range = { from: from ?? first, to: to ?? last };
  if (!sessions.some((date) => date >= range.from && date <= range.to))
    throw new Failure('badInput', `no session from ${range.from} to ${range.to} lies there; there are ${first} to ${last}`);
  return { ...range, to: range.to > last ? last : range.to };
}

async function walked(bars: DailyBars, request: ScanRequest): Promise<Report> {
  const scans = new DayScans(bars, request);
  const days: ScannedDay[] = [];
  for (const date of bars.sessions) {
    if (date > request.to) break;
    const day = await scans.next();
    if (!day.ok) throw new Failure('badInput', barProblemText(day.problem));
    if (day.value !== null) days.push(day.value);
  }
  return { days, next: days.length === 0 ? scans.universe() : null };
}

function checkTomorrow(next: NextUniverse | null, on: SessionDate | undefined, { sessions }: DailyBars): void {
  if (on === undefined || next === null || next.date === on) return;
  throw new Failure('badInput', `the bars end with ${sessions.at(-1)}: they tell the universe of ${next.date}, not of ${on}`);
}

function machineLines({ days, next }: Report): readonly string[] {
  const lines = [...days.map(dayLine), ...(next === null ? [] : [universeLine(next)])];
  return lines.map(printableJson);
}

function peopleLines({ days, next }: Report, top: number): readonly string[] {
  if (next !== null) return universeLines(next, top);
  const [only] = days;
  if (days.length === 1 && only !== undefined) return dayLines(only);
  const jumps = days.reduce((sum, day) => sum + day.jumps.filter(({ again }) => !again).length, 0);
  const withoutVolume = days.reduce((sum, day) => sum + day.withoutVolume, 0);
  const notes = `${days.length} sessions; ${jumps} openings looked like splits or bad rows and were set aside, ${withoutVolume} rows without a share traded count as no bar.`;
  return [...daysHead, ...days.map(dayRow), '', notes, 'One day in full: --on YYYY-MM-DD.'];
}

function publish({ out }: ScanOptions, lines: readonly string[]): void {
  if (out === undefined) return showMarked(lines);
  try {
    writeFileSync(out, `${lines.join('\n')}\n`);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new Failure('badInput', `${out} could not be written (${String(error.code)})`);
    throw error;
  }
  note(`written to ${out}`);
}
