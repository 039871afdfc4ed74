import { appendFileSync } from 'node:fs';
import type { SessionDate } from '#domain/values/session-date';
import { BarsFailed, barProblemText } from '#main/bars/bar-problem';
import { openBarSource } from '#main/bars/open-bar-source';
import type { OpenedBars } from '#main/bars/opened-bars';
import { Failure } from '#main/commands/failure';
import { planProblemText } from '#main/day/problem-text';
import { planSessions } from '#main/day/session-plan';
import { LevelStudy } from '#main/study/levels';
import { levelRecordText } from '#main/study/levels-text';

export type LevelStudyOptions = {
  readonly data: string;
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly out?: string;
  readonly seed: number;
};

/** Whether levels hold more often than random ones, by source: prints a table, and appends it to a file. */
export async function studyLevelsCommand({ data, from, to, out, seed }: LevelStudyOptions): Promise<void> {
  const opened = await openBarSource({
    path: data,
    barLabel: 'start',
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
  if (!opened.ok) throw new Failure('badInput', barProblemText(opened.problem));
  try {
    const text = await studied(opened.value, seed);
    process.stdout.write(text);
    if (out !== undefined) appendFileSync(out, `\n${text}`);
  } catch (error) {
    if (error instanceof BarsFailed) throw new Failure('badInput', barProblemText(error.problem));
    throw error;
  } finally {
    await opened.value.source.close();
  }
}

async function studied({ source }: OpenedBars, seed: number): Promise<string> {
  const [first, last] = [source.sessions[0], source.sessions.at(-1)];
  if (first === undefined || last === undefined) throw new Failure('badInput', 'there is no session in that range');
  const planned = planSessions({ available: source.sessions, from: first, to: last });
  if (!planned.ok) throw new Failure('badInput', planProblemText(planned.problem));
  const study = new LevelStudy(seed);
  let symbols = 0;
  for (const { session } of planned.value) {
    const bars = await source.load(session.date);
    symbols = bars.width;
    study.session(session, bars);
  }
  return levelRecordText(
    `${first} to ${last}: ${planned.value.length} sessions, ${symbols} symbols, seed ${seed}`,
    study.tally.records(seed),
  );
}
