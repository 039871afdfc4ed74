import { cancelAnswered } from '#engine/execution/cancelling';
import { originalsListed } from '#engine/execution/corrections';
import type { Desk } from '#engine/execution/desk';
import { hear, learn } from '#engine/execution/intake';
import { findAnswered } from '#engine/execution/look-ups';
import { lostAnswered } from '#engine/execution/lost-orders';
import type { Purpose } from '#engine/execution/outbox';
import { sent } from '#engine/execution/submission';
import { isFlatten, type Tracked } from '#engine/execution/tracked';
import { availableAnswered, fromTheTop } from '#engine/execution/way-out';
import type { Answer } from '#engine/ports/brokerage';

/** Brings an answer to what it was asked for. */
export function answerTo(desk: Desk, purpose: Purpose, answer: Answer): void {
  switch (purpose.kind) {
    case 'submit':
    case 'replace': {
      const tracked = desk.roll.get(purpose.order);
      if (tracked === undefined) return;
      noteFate(desk, tracked, answer);
      if (isFlatten(tracked) && answer.kind === 'refused' && (answer.reason === 'shares_reserved' || answer.reason === 'wash_trade'))
        return fromTheTop(desk, desk.lane(tracked.order.symbol), tracked, answer);
      return sent(desk, tracked, answer);
    }
    case 'cancel': {
      const link = desk.roll.link(purpose.link);
      if (link !== undefined) cancelAnswered(desk, link, answer);
      return;
    }
    case 'lost':
      return lostAnswered(desk, purpose.order, answer);
    case 'read': {
      const link = desk.roll.link(purpose.link);
      if (link !== undefined) link.reading = false;
      if (answer.kind === 'order') learn(desk, answer.order, 'read');
      return;
    }
    case 'find': {
      const tracked = desk.roll.get(purpose.order);
      if (tracked !== undefined) findAnswered(desk, tracked, answer);
      return;
    }
    case 'available':
      return availableAnswered(desk, desk.lane(purpose.symbol), answer);
    case 'executions':
      desk.isListing = false;
      if (answer.kind === 'executions') for (const execution of answer.executions) hear(desk, execution, 'list');
      return;
    case 'corrected':
      return originalsListed(desk, purpose.row, answer);
    // These have their own places.
    case 'cycle':
    case 'cash':
    case 'suspend':
      return;
  }
}

/** What the broker has answered, be it a no, closes the breaker of its kind; what could not leave says nothing of the broker. */
function noteFate(desk: Desk, tracked: Tracked, answer: Answer): void {
  const breaker = desk.breakerOf(tracked);
  if (answer.kind === 'not_sent') return;
  if (answer.kind !== 'ambiguous') return breaker.answered();
  breaker.failed(desk.now);
  if (breaker.isOpen && breaker === desk.breakers.entry) desk.line.hold(breaker.until);
}
