import { randomBytes } from 'node:crypto';
import { type Alert, severities } from '#domain/alerts/alert';
import { letterOf } from '#domain/alerts/letter';
import type { Instant } from '#domain/values/instant';
import type { Letter } from '#engine/ports/alert-channel';

/** One letter of each loudness, as a channel would get it. */
export function testLetters(channel: string, now: Instant): readonly Letter[] {
  const name = randomBytes(5).toString('hex');
  return severities.toReversed().map((severity, index) => {
    const id = index + 1;
    const alert: Alert = { id, at: now, raisedAt: now, sequence: null, place: 'live', facts: { kind: 'test_alert', severity, channel } };
    const message = { id, at: now, purpose: 'alert', severity, alerts: [id], open: [], escalated: false } as const;
    return {
      id: `catalyst.test-${name}.${id}`,
      attempt: 1,
      severity,
      ...letterOf({ message, alerts: [alert], open: [], journal: 'JOURNAL' }),
    };
  });
}
