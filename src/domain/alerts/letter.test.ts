import { describe, expect, test } from 'vitest';
import { actionsOf } from '#domain/alerts/actions';
import type { Alert, AlertFacts, Place } from '#domain/alerts/alert';
import { letterOf, SUBJECT_MAX } from '#domain/alerts/letter';
import type { Message, Purpose } from '#domain/alerts/message';
import { severityOf } from '#domain/alerts/severity';
import { at, samples } from '#tests/alerts/samples';

const alertOf = (facts: AlertFacts, id = 17, place: Place = 'paper'): Alert => ({ id, at, raisedAt: at, sequence: 1204, place, facts });

function worded(alerts: readonly Alert[], purpose: Purpose = 'alert', open: readonly Alert[] = []) {
  const [first] = [...alerts, ...open];
  const severity = purpose === 'reminder' ? 'critical' : first === undefined ? 'warning' : severityOf(first.facts);
  const message: Message = {
    id: 3,
    at,
    purpose,
    severity,
    alerts: alerts.map(({ id }) => id),
    open: open.map(({ id }) => id),
    escalated: false,
  };
  return letterOf({ message, alerts, open, journal: '/var/lib/catalyst/today' });
}

for (const facts of Object.values(samples)) {
  describe(facts.kind, () => {
    const { subject, text, html } = worded([alertOf(facts)]);
    test('has a subject of one line that a telephone shows', () => {
      expect(subject.length).toBeLessThanOrEqual(SUBJECT_MAX);
      expect(subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(subject).toMatch(/^PAPER (CRITICAL|WARNING|INFO): \S/);
    });
    test('says when by both clocks and where it stands', () => {
      expect(text).toContain('Mon 2026-03-16 10:34:05 New York (14:34:05 UTC)');
      expect(text).toContain('entry 1204 of /var/lib/catalyst/today');
      expect(html).toContain('10:34:05 New York');
    });
    test('says what was done already when it is critical, and how to acknowledge it', () => {
      if (severityOf(facts) !== 'critical') return expect(text).not.toContain('alerts ack');
      expect(actionsOf(facts).length).toBeGreaterThan(0);
      expect(text).toContain('Already done');
      expect(text).toContain('npx catalyst alerts ack 17 --journal /var/lib/catalyst/today');
    });
    test('holds no value that was not meant for people', () => expect(text).not.toMatch(/undefined|NaN|null|\[object/));
  });
}

test('the loss limit at night: what happened, what was done, what to do', () => {
  expect(worded([alertOf(samples.loss_limit_reached)]).text).toBe(`PAPER CRITICAL: Daily loss limit REACHED: -$2,001.20, all closing

What happened
  P&L of 2026-03-16: -$2,001.20; the limit (daily loss) is -$2,000.00.

Already done
  no new position is opened
  entries that worked were cancelled
  every position is being closed at market

What to do
  Check at the broker that every position is closed.
  Look at what happened:
    npx catalyst ledger --journal /var/lib/catalyst/today

When
  Mon 2026-03-16 10:34:05 New York (14:34:05 UTC)

Record
  alert 17, entry 1204 of /var/lib/catalyst/today

Acknowledge
  Reminders end when somebody says that they have seen it:
    npx catalyst alerts ack 17 --journal /var/lib/catalyst/today --by YOU --because 'WHAT YOU DID'
`);
});

test('a made-up run says so before anything else, and real money says nothing of it', () => {
  expect(worded([alertOf(samples.protection_gap, 1, 'simulated')]).subject).toMatch(/^SIMULATED CRITICAL: NO STOP for 200 of 200 NVDA/);
  expect(worded([alertOf(samples.protection_gap, 1, 'live')]).subject).toMatch(/^CRITICAL: NO STOP/);
});

test('a group says how many and of whom, a digest what was held back', () => {
  const alerts = [1, 2, 3].map((id) => alertOf(samples.name_quarantined, id));
  expect(worded(alerts, 'group').subject).toBe('PAPER WARNING: 3 × name quarantined: NVDA');
  const many = Array.from({ length: 50 }, (_, id) => alertOf(id % 2 === 0 ? samples.order_unknown : samples.channel_back, id));
  const digest = worded(many, 'digest');
  expect(digest.subject).toContain('Digest: 50 alerts held back');
  expect(digest.text).toContain('25 × order unknown, 25 × channel back');
  expect(digest.text).toContain('and 30 more');
});

test('a reminder names what is open and how to end it', () => {
  const open = [alertOf(samples.protection_gap, 1), alertOf(samples.loss_limit_reached, 2)];
  const { subject, text } = worded([alertOf(samples.protection_gap, 9)], 'reminder', open);
  expect(subject).toBe('PAPER CRITICAL: STILL OPEN: 2 critical alerts are not acknowledged');
  expect(text).toContain('1 time, last at');
  expect(text).toContain('alerts ack 1 2 --journal');
});

const hostile =
  "x\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script> <!channel> @everyone [free](https://evil.example) \u202egnp.exe \u0007'";

test('L4: a text from outside makes no line, no header, no mark-up and no link of its own', () => {
  const { subject, text, html } = worded([alertOf({ ...samples.trading_stopped, by: hostile, because: hostile })]);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text).not.toMatch(/^\s*Bcc:/m);
  expect(text).not.toContain('https://');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;');
});

test('a folder with odd characters stands in a command as a shell takes it', () => {
  const [alert] = [alertOf(samples.protection_gap)];
  const message: Message = { id: 1, at, purpose: 'alert', severity: 'critical', alerts: [17], open: [], escalated: false };
  const { text } = letterOf({ message, alerts: alert === undefined ? [] : [alert], open: [], journal: "/my days/ada's" });
  expect(text).toContain(`--journal '/my days/ada'\\''s'`);
});
