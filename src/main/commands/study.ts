import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Session } from '#domain/market/session-table';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import { BarsFailed, barProblemText } from '#main/bars/bar-problem';
import { openBarSource } from '#main/bars/open-bar-source';
import { Failure } from '#main/commands/failure';
import { refuseOwnInput } from '#main/commands/own-output';
import { printable } from '#main/commands/printable';
import { planProblemText } from '#main/day/problem-text';
import { planSessions } from '#main/day/session-plan';
import { LevelStudy } from '#main/study/levels';
import { levelRecordText } from '#main/study/levels-text';
import { PatternStudy, type StudiedSighting } from '#main/study/pattern-study';
import { setupPicture } from '#main/study/setup-picture';
import { studyHead, studyText } from '#main/study/study-text';
import { rewrite, show } from '#main/terminal';

type Range = { readonly from?: SessionDate; readonly to?: SessionDate };

export type LevelStudyOptions = Range & { readonly data: string; readonly out?: string; readonly seed: number };

export type PatternStudyOptions = Range & {
  readonly data: readonly string[];
  readonly out?: string;
  readonly pictures?: string;
  readonly seed: number;
};

/** Whether levels hold more often than random ones, by source: prints a table, and appends it to a file. */
export async function studyLevelsCommand({ data, out, seed, ...range }: LevelStudyOptions): Promise<void> {
  refuseOwnInput(out, [data]);
  const study = new LevelStudy(seed);
  const dates: SessionDate[] = [];
  let symbols = 0;
  await eachSession(data, range, (session, bars) => {
    dates.push(session.date);
    symbols = bars.width;
    study.session(session, bars);
  });
  const title = `${dates[0]} to ${dates.at(-1)}: ${dates.length} sessions, ${symbols} symbols, seed ${seed}`;
  const text = levelRecordText(title, study.tally.records(seed));
  show(...linesOf(text));
  if (out !== undefined) appendFileSync(out, `\n${text}`);
}

/** What became of every pattern beside entries by lot, for each data set; a picture of each pattern's surest sighting if asked for. */
export async function studyPatternsCommand({ data, out, pictures, seed, ...range }: PatternStudyOptions): Promise<void> {
  refuseOwnInput(out, data);
  const parts: string[] = [];
  const surest = new Map<string, StudiedSighting>();
  for (const path of data) {
    const study = new PatternStudy({ seed, ...(pictures !== undefined && { watch: (seen) => keepSurest(surest, seen) }) });
    await eachSession(path, range, (session, bars) => study.addSession(session, bars));
    parts.push(studyText(printable(basename(path)), study, seed));
  }
  if (pictures !== undefined) drawAll(pictures, surest);
  const named = data.map((path) => `--data ${printable(basename(path))}`).join(' ');
  const text = `${studyHead(`catalyst study patterns ${named} --out pattern-record.md`)}${parts.join('\n')}`;
  if (out === undefined) show(...linesOf(text));
  else writeFileSync(out, text);
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

async function eachSession(path: string, range: Range, see: (session: Session, bars: SessionBars) => void): Promise<void> {
  const opened = await openBarSource({ path, barLabel: 'start', ...range });
  if (!opened.ok) throw new Failure('badInput', barProblemText(opened.problem));
  const { source } = opened.value;
  try {
    const [first, last] = [source.sessions[0], source.sessions.at(-1)];
    if (first === undefined || last === undefined) throw new Failure('badInput', `${path} has no session in that range`);
    const planned = planSessions({ available: source.sessions, from: first, to: last });
    if (!planned.ok) throw new Failure('badInput', planProblemText(planned.problem));
    for (const [done, { session }] of planned.value.entries()) {
      see(session, await source.load(session.date));
      rewrite(`${done + 1} of ${planned.value.length} sessions `);
    }
  } catch (error) {
    if (error instanceof BarsFailed) throw new Failure('badInput', barProblemText(error.problem));
    throw error;
  } finally {
    await source.close();
  }
}

/** Its bars grow with the session, so those of the one that is kept are copied. */
function keepSurest(surest: Map<string, StudiedSighting>, seen: StudiedSighting): void {
  if (seen.sighting === null) return;
  const before = surest.get(seen.name)?.sighting?.confidence ?? 0;
  if (seen.sighting.confidence <= before) return;
  const view = { ...seen.view, minutes: [...seen.view.minutes], fives: [...seen.view.fives] };
  surest.set(seen.name, { ...seen, view });
}

function drawAll(folder: string, surest: ReadonlyMap<string, StudiedSighting>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, { date, ticker, view, sighting, plan }] of surest) {
    if (sighting === null) continue;
    const { entry, stop, target } = plan;
    const picture = setupPicture({
      title: `${name.replaceAll('_', ' ')}: ${ticker}, ${date}`,
      bars: view.fives.length > 0 ? view.fives : view.minutes,
      span: view.fives.length > 0 ? 5 : 1,
      drawing: sighting.drawing,
      levels: [
        { name: 'entry', price: entry },
        { name: 'stop', price: stop },
        { name: 'target', price: target },
        { name: 'invalidation', price: sighting.invalidation },
      ],
    });
    writeFileSync(join(folder, `${name}.svg`), picture);
  }
}
