import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry, EventKind } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { canonicalJson } from '#domain/values/canonical-json';
import { decodeEntries } from '#engine/journal/reader';
import { isUnanswered, sendRequest, whyRefused, withdrawRequest } from '#main/control/control-folder';
import { writerOf } from '#main/control/running-process';

const kinds = [
  'request_received',
  'stop_requested',
  'clear_requested',
  'parameter_requested',
  'parameter_confirmed',
  'request_refused',
  'halt_ordered',
  'stop_cleared',
  'parameter_pending',
  'parameters_changed',
] as const satisfies readonly EventKind[];

/** What the house made of a request: the entry that holds it, and those that followed from it. */
export type Recorded = { readonly sequence: number; readonly followed: readonly Entry<(typeof kinds)[number]>[] };

/** The newest request of a journal that is the same as this one; null when it holds none. */
function recordedIn(journal: string, request: Request): Recorded | null {
  const wanted = canonicalJson(request);
  let found: { sequence: number; followed: Entry<(typeof kinds)[number]>[] } | null = null;
  let causes = new Set<number>();
  for (const { sequence, at, cause, event } of decodeEntries(journal, { kinds })) {
    if (event.kind === 'request_received' && canonicalJson(event.request) === wanted) {
      found = { sequence, followed: [] };
      causes = new Set([sequence]);
    } else if (found !== null && causes.has(cause)) {
      causes.add(sequence);
      found.followed.push({ sequence, at, cause, event });
    }
  }
  return found;
}

export type Sent =
  | ({ readonly kind: 'recorded' } & Recorded)
  /** Moved aside: it is no request that could be taken. */
  | { readonly kind: 'moved_aside'; readonly why: string }
  /** A process holds the journal and does not take the request. */
  | { readonly kind: 'hanging'; readonly pid: number }
  /** Nobody runs this journal, or not any more: the request is not there. */
  | { readonly kind: 'nobody' };

/** Sends a request to the run of a journal, and waits so many milliseconds for its answer. */
export async function send(journal: string, request: Request, within: number): Promise<Sent> {
  if (writerOf(journal) === null) return { kind: 'nobody' };
  const name = sendRequest(journal, request);
  for (const until = performance.now() + within; isUnanswered(journal, name); await sleep(20)) {
    const pid = writerOf(journal);
    if (pid === null) {
      withdrawRequest(journal, name);
      return { kind: 'nobody' };
    }
    if (performance.now() > until) return { kind: 'hanging', pid };
  }
  const why = whyRefused(journal, name);
  if (why !== null) return { kind: 'moved_aside', why };
  const recorded = recordedIn(journal, request);
  return recorded === null ? { kind: 'moved_aside', why: 'somebody took its file away' } : { kind: 'recorded', ...recorded };
}
