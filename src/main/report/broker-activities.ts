import { fail, ok, type Result } from '#domain/values/result';
import type { Answer, Brokerage } from '#engine/ports/brokerage';
import type { JournalActivities } from '#main/report/journal-activities';
import type { TheirActivities } from '#main/report/reconciliation';

/** Why the broker's side cannot be had. */
export type NoActivities =
  | { readonly kind: 'other_account'; readonly ours: string; readonly theirs: string }
  | { readonly kind: 'no_answer'; readonly asked: string; readonly why: string };

/** What the broker has done for the journal's account since its first session. */
export async function brokerActivities(
  brokerage: Brokerage,
  { account, since }: Pick<JournalActivities, 'account' | 'since'>,
): Promise<Result<TheirActivities, NoActivities>> {
  const who = await brokerage.ask({ kind: 'read_account' }, 'read');
  if (who.kind !== 'account') return fail({ kind: 'no_answer', asked: 'the account', why: whyNot(who) });
  if (account !== null && who.account.id !== account) return fail({ kind: 'other_account', ours: account, theirs: who.account.id });
  const executions = await brokerage.ask({ kind: 'list_executions', after: since }, 'read');
  if (executions.kind !== 'executions') return fail({ kind: 'no_answer', asked: 'its executions', why: whyNot(executions) });
  const cash = await brokerage.ask({ kind: 'list_cash_activities', after: since }, 'read');
  if (cash.kind !== 'cash_activities') return fail({ kind: 'no_answer', asked: 'its other activities', why: whyNot(cash) });
  return ok({ executions: executions.executions, cash: cash.activities });
}

function whyNot(answer: Answer): string {
  switch (answer.kind) {
    case 'refused':
      return `it refuses: ${answer.said}`;
    case 'not_sent':
    case 'ambiguous':
      return answer.why.replaceAll('_', ' ');
    default:
      return 'it answered something else';
  }
}
