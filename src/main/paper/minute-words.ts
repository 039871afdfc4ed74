import type { Frame } from '#domain/events/frame';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { Execution } from '#engine/execution/execution';
import type { LiveHouse } from '#engine/live/live-house';
import { isLateMinute } from '#main/paper/late-minute';
import type { LiveMemory } from '#main/paper/live-memory';

type Told = { readonly house: Pick<LiveHouse, 'accept' | 'acceptLate'>; readonly memory: LiveMemory };

/** A minute is over: first that halted names trade again, where its bars say so; then its bars, by which nothing is bought when they are late. */
export function tellMinute(
  { house, memory }: Told,
  frame: Frame,
  { at, now, sleptMs }: { readonly at: Instant; readonly now: Instant; readonly sleptMs: number },
): void {
  for (const symbol of memory.resumedIn(frame)) house.accept({ kind: 'asset_status_changed', symbol, status: 'trading' }, at);
  if (isLateMinute(frame, now, sleptMs)) house.acceptLate({ kind: 'bars_closed', frame }, at);
  else house.accept({ kind: 'bars_closed', frame }, at);
}

/** A name that was set apart in an earlier session, and in which both sides agree, may be entered again. */
export function releaseNames(
  { house, memory, execution }: Told & { readonly execution: Pick<Execution, 'state'> },
  date: SessionDate,
  at: Instant,
): void {
  if (execution.state !== 'ready') return;
  for (const symbol of memory.quarantinedBefore(date)) house.accept({ kind: 'name_released', symbol }, at);
}
