import type { More } from '#adapters/alpaca/answer-of';
import type { Answer } from '#engine/ports/brokerage';

/** Beyond it a list is endless: 50,000 orders or 10,000 executions. */
export const PAGES_MAX = 100;

/** The pages of a list as one answer, each row once. When the last page is no list, neither is the whole. */
export function wholeList(parts: readonly More[], last: Answer): Answer {
  const answers = [...parts.map(({ part }) => part), last];
  if (last.kind === 'orders') {
    const orders = answers.flatMap((answer) => (answer.kind === 'orders' ? answer.orders : []));
    return { kind: 'orders', orders: [...new Map(orders.map((order) => [order.id, order])).values()] };
  }
  if (last.kind === 'executions') {
    const executions = answers.flatMap((answer) => (answer.kind === 'executions' ? answer.executions : []));
    return { kind: 'executions', executions: [...new Map(executions.map((execution) => [execution.id, execution])).values()] };
  }
  if (last.kind === 'cash_activities') {
    const activities = answers.flatMap((answer) => (answer.kind === 'cash_activities' ? answer.activities : []));
    return { kind: 'cash_activities', activities: [...new Map(activities.map((activity) => [activity.id, activity])).values()] };
  }
  return last;
}

/** Whether a page leads on: a mark that was there before, or page after page without end, leads nowhere. */
export const leadsOn = (parts: readonly More[], next: More): boolean =>
  parts.length + 1 < PAGES_MAX && !parts.some(({ page }) => page === next.page);
