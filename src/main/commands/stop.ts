import { Failure } from '#main/commands/failure';
import { recordedOf, refuseNoFolder, sending } from '#main/commands/sending';
import type { Recorded } from '#main/control/outcome';
import { type PersonOptions, personOf } from '#main/control/person';
import { endWriter } from '#main/control/running-process';
import { leaveStop, levelWords, readStop, stopPath } from '#main/control/stop-file';
import { show } from '#main/terminal';

/** A run looks for requests ten times a second; one that has not taken a stop by then hangs. */
const STOP_WITHIN = 5_000;
const CLEAR_WITHIN = 10_000;

export type StopOptions = PersonOptions & { readonly journal: string; readonly level: string; readonly endProcess: boolean };

/** The emergency stop: asks the run, and when that does not listen leaves the file STOP, so that the next one begins stopped. */
export async function stopCommand({ journal, level: word, endProcess, ...options }: StopOptions): Promise<void> {
  const person = personOf(options);
  const level = levelWords.get(word) ?? 'flatten';
  refuseNoFolder(journal);
  const sent = await sending(journal, { kind: 'stop_trading', level, ...person }, STOP_WITHIN);
  if (sent.kind === 'recorded') return show(...stopLines(sent));
  leaveStop(journal, { level, because: `${person.because} (${person.by})` });
  const left = `${stopPath(journal)} is there now: whoever runs this journal next begins stopped`;
  if (sent.kind === 'nobody') return show(`nobody runs this journal; ${left}`);
  if (sent.kind === 'moved_aside') throw new Failure('failedCheck', `the run does not take the request (${sent.why}); ${left}`);
  const hangs = `process ${sent.pid} has not taken the stop within ${STOP_WITHIN / 1000} seconds; ${left}`;
  if (!endProcess)
    throw new Failure(
      'failedCheck',
      `${hangs}; orders at the broker are as they were; end the process with the same command and --end-process`,
    );
  const ended = await endWriter(journal);
  if (!ended.ok) throw new Failure('failedCheck', `${hangs}; ${ended.why}`);
  show(hangs, `process ${sent.pid} has been ended: it sends nothing any more; what it had at the broker is still there`);
}

/** Only a person clears, and only what is not held by the file STOP. */
export async function clearStopCommand({ journal, ...options }: PersonOptions & { readonly journal: string }): Promise<void> {
  const person = personOf(options);
  refuseNoFolder(journal);
  if (readStop(journal) !== null)
    throw new Failure('failedCheck', `${stopPath(journal)} holds the stop; take the file away first, then clear`);
  const sent = await sending(journal, { kind: 'clear_stop', ...person }, CLEAR_WITHIN);
  if (sent.kind === 'nobody') throw new Failure('failedCheck', 'nobody runs this journal; clear it while the run goes on');
  const { sequence, followed } = recordedOf(sent);
  if (!followed.some(({ event }) => event.kind === 'stop_cleared'))
    throw new Failure('failedCheck', `entry ${sequence} holds the wish, and nothing was cleared`);
  show(`cleared: entry ${sequence}, by ${person.by}; entries are open again unless another stop holds`);
}

function stopLines({ sequence, followed }: Recorded): readonly string[] {
  const halt = followed.find(({ event }) => event.kind === 'halt_ordered')?.event;
  const what =
    halt?.kind === 'halt_ordered'
      ? `stopped at level ${halt.level.replaceAll('_', ' ')}`
      : 'a stop of this level or a higher one holds already';
  return [`${what}; recorded as entry ${sequence}`];
}
