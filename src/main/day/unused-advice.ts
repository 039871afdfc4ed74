import type { PlannedSession } from '#main/day/session-plan';

type Unused = { readonly unused: number; readonly sessions: readonly PlannedSession[]; readonly asked: 'auto' | number };

/** What to do about earlier sessions that lie there unused; nothing when others teach already, or when somebody wants it so. */
export function unusedAdvice({ unused, sessions, asked }: Unused): string | null {
  if (unused === 0 || asked !== 'auto' || sessions.some(({ history }) => history)) return null;
  return `${unused} earlier sessions lie there unused; --history 20 lets them teach the averages`;
}
