import type { Desk, Lane } from '#engine/execution/desk';
import { waitOf } from '#engine/execution/patience';
import { follow, readNow } from '#engine/execution/reads';
import { shutIfRefused } from '#engine/execution/submission';
import { tellUnknown } from '#engine/execution/telling';
import { isLive, type Link } from '#engine/execution/tracked';
import type { Answer, Priority } from '#engine/ports/brokerage';

/**
 * Asks for the end of the first of these orders that may be asked for. A group ends as a whole when one of it does, so the
 * others are given time to follow; and a cancel that changes nothing is repeated a few times only.
 */
export function cancelNext(desk: Desk, lane: Lane, links: readonly Link[], priority: Priority): boolean {
  for (const link of links) {
    if (link.cancel?.asking === true || (link.cancel?.tries ?? 0) >= desk.patience.triesMax) continue;
    if (desk.mustWait(lane, restUntil(desk, link))) continue;
    askCancel(desk, lane, link, priority);
    return true;
  }
  return false;
}

function restUntil(desk: Desk, link: Link): Desk['now'] {
  let until = link.cancel?.due ?? desk.in(0);
  for (const { links } of desk.roll.familyOf(link.owner))
    for (const { cancel } of links)
      if (cancel !== null && cancel.at + desk.patience.groupEndMs > until) until = desk.in(cancel.at + desk.patience.groupEndMs - desk.now);
  return until;
}

function askCancel(desk: Desk, lane: Lane, link: Link, priority: Priority): void {
  link.cancel = {
    at: desk.now,
    due: desk.in(desk.patience.cancelAgainMs),
    tries: (link.cancel?.tries ?? 0) + 1,
    unsent: link.cancel?.unsent ?? 0,
    asking: true,
  };
  lane.busy = desk.outbox.ask({ kind: 'cancel_order', order: link.id }, priority, { kind: 'cancel', link: link.id });
  lane.touched++;
}

/** A cancel that was received has ended nothing yet, and one that failed says nothing of the order: it is read. */
export function cancelAnswered(desk: Desk, link: Link, answer: Answer): void {
  const { cancel } = link;
  if (cancel === null) return;
  cancel.asking = false;
  for (const { links } of desk.roll.familyOf(link.owner)) for (const member of links) if (isLive(member)) follow(desk, member);
  if (answer.kind === 'done') {
    cancel.due = desk.in(desk.patience.cancelAgainMs);
  } else if (answer.kind === 'not_sent') {
    cancel.tries--;
    cancel.at = desk.in(-desk.patience.groupEndMs);
    cancel.due = desk.in(Math.max(answer.waitMs, waitOf(desk.patience.againMs, cancel.unsent++)));
    return;
  } else {
    if (answer.kind === 'refused' && shutIfRefused(desk, answer)) cancel.tries--;
    cancel.due = desk.in(waitOf(desk.patience.againMs, cancel.tries));
    readNow(desk, link);
  }
  // Its shares count as at work; a person has to look.
  if (cancel.tries >= desk.patience.triesMax && isLive(link)) tellUnknown(desk, link.owner, 'its cancel does not end it');
}
