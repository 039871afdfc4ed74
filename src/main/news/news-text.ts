import type { LogProblem } from '#adapters/headlines/headline-log';
import { formatInstant } from '#domain/values/instant';
import type { NewsProblem, StreamEvent } from '#engine/ports/news-source';
import type { Tally } from '#main/news/catch-up';
import type { CursorProblem } from '#main/news/cursor-file';

/** Sentences of the news commands. Vendors' words come last, in quotation marks: they are data. */
export function problemText(problem: NewsProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `no answer after ${problem.tries} tries (${problem.last.replaceAll('_', ' ')}${problem.status === null ? '' : `, status ${problem.status}`})${quoted(problem.said)}`;
    case 'refused':
      return `refused with status ${problem.status}${problem.status === 401 || problem.status === 403 ? '; check the key' : ''}${quoted(problem.said)}`;
    case 'rate_limited':
      return `asks to wait ${Math.ceil(problem.waitMs / 1000)} seconds${quoted(problem.said)}`;
    case 'too_large':
      return `its answer is larger than ${problem.bytesMax} bytes`;
    case 'stopped':
      return 'stopped';
    case 'unreadable_page':
      return `its answer is not ${problem.expected}${quoted(problem.received)}`;
    case 'endless_pages':
      return `its pages do not end: nothing new after ${problem.pages}`;
  }
}

const SAID_MAX = 200;
const quoted = (said: string): string => (said === '' ? '' : `: "${said.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, SAID_MAX)}"`);

const noRoom = new Set(['ENOSPC', 'EFBIG', 'EDQUOT']);

export function diskText(problem: LogProblem | CursorProblem): string {
  switch (problem.kind) {
    case 'unreadable_file':
      return `cannot read ${problem.file} (${problem.code})`;
    case 'unwritable_file':
      return noRoom.has(problem.code)
        ? `cannot write ${problem.file} (${problem.code}); what is in it holds, run the same command again when there is room`
        : `cannot write ${problem.file} (${problem.code}); choose another name, or see to it that this user may write it`;
    case 'file_gone':
      return `${problem.file} was renamed or removed while it was being written; run the same command again with --from, and all since then is in the new file`;
    case 'packed_file':
      return `${problem.file} would be packed, and grows line by line; choose a name without .gz, and pack it when it is done`;
    case 'another_file':
      return `${problem.file} is no file of this command; choose another name (expected the header ${problem.expected})`;
    case 'not_a_cursor_file':
      return `${problem.file} does not say where to go on; delete it, and say with --from where to begin: what --out holds is not written twice`;
  }
}

export function streamText(event: StreamEvent): string | null {
  if (event.kind === 'stream_ready') return 'stream is up';
  if (event.kind === 'stream_lost')
    return `stream lost (${event.why.replaceAll('_', ' ')}${event.code === null ? '' : `, ${event.code}`}); again in ${Math.ceil(event.waitMs / 1000)} s`;
  if (event.kind === 'stream_refused')
    return `stream refused (${event.code}, ${event.said}); asking by REST alone, again in ${Math.ceil(event.waitMs / 60_000)} min`;
  return null;
}

/** "12 new, 3 seen before, refused 1 × no text, last 2026-11-24T14:30:00Z". */
export function tallyText({ fresh, repeated, refused, latest, problem }: Tally): string {
  const parts = [`${fresh} new`, `${repeated} seen before`];
  for (const [reason, count] of refused) parts.push(`refused ${count} × ${reason.replaceAll('_', ' ')}`);
  if (latest !== null) parts.push(`last ${formatInstant(latest.updatedAt)}`);
  if (problem !== null) parts.push(problemText(problem));
  return parts.join(', ');
}
