import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import type { SessionBars } from '#engine/ports/bar-source';
import { type BarProblem, BarsFailed } from '#main/bars/bar-problem';
import { checkNext } from '#main/bars/next-session';
import type { OpenedBars } from '#main/bars/opened-bars';
import { openReader, SessionLoader } from '#main/bars/session-loader';
import type { BarsRequest } from '#main/bars/session-reader';
import { openThreadedSource } from '#main/bars/threaded-source';

/**
 * Opens a store, a folder of sessions, or files of bars. Decoding runs in one thread that stays some sessions ahead;
 * `inProcess` does without it. `load` of the source throws `BarsFailed`.
 */
export function openBarSource(request: BarsRequest & { readonly inProcess?: boolean }): Promise<Result<OpenedBars, BarProblem>> {
  const { inProcess = false, ...plain } = request;
  return inProcess ? openHere(plain) : openThreadedSource(plain);
}

async function openHere(request: BarsRequest): Promise<Result<OpenedBars, BarProblem>> {
  const opened = await openReader(request);
  if (!opened.ok) return fail(opened.problem);
  const reader = opened.value;
  const loader = new SessionLoader(reader);
  const load = async (date: SessionDate): Promise<SessionBars> => {
    checkNext(date, loader.next, reader.sessions);
    const loaded = await loader.loadNext();
    if (!loaded.ok) throw new BarsFailed(loaded.problem);
    return loaded.value;
  };
  const source = { sessions: reader.sessions, load, close: () => reader.close() };
  return ok({ source, skipped: reader.skipped, unused: reader.unused ?? 0, refused: () => reader.refused.tallies() });
}
