import { expect, test } from 'vitest';
import { alertSettingsIn } from '#adapters/parameter-file/alert-file';
import { fileProblemText } from '#adapters/parameter-file/file-problem';
import { defaultPolicy } from '#domain/alerts/policy';
import { firstFile } from '#main/alerts/settings-file';

const mail = `channels:
  mail:
    kind: mail
    urlFromEnv: CATALYST_SMTP_URL
    from: Catalyst <catalyst@example.org>
    to: [you@example.org]
routes:
  critical: [mail]
`;

test('the file that init writes is understood and means the defaults', () => {
  const settings = alertSettingsIn('alerts.yaml', firstFile);
  expect(settings).toMatchObject({ ok: true, value: { policy: defaultPolicy, routes: { critical: ['mail'], escalation: [] } } });
});

test('what a person does not route goes where the critical alerts go', () => {
  expect(alertSettingsIn('a', mail)).toMatchObject({
    ok: true,
    value: { routes: { critical: ['mail'], warning: ['mail'], information: ['mail'] } },
  });
});

test('every unit is that of its name', () => {
  const text = `${mail}policy: { hourlyCap: 5, groupSeconds: 30, digestMinutes: 10, remindMinutes: 1, remindMinutesMax: 8, escalateMinutes: 4 }
cooldownMinutes: { data_stale: 1.5 }
watch: { barsMissingMinutes: 3, serviceDownSeconds: 20, diskFreeMegabytes: 100, databaseFromEnv: DATABASE_URL }
deadMan: { urlFromEnv: CATALYST_DEADMAN_URL, everySeconds: 30 }
`;
  const settings = alertSettingsIn('a', text);
  if (!settings.ok) throw new Error(fileProblemText(settings.problem));
  const { policy, watch, deadMan } = settings.value;
  expect(policy).toMatchObject({
    hourlyCap: 5,
    groupMs: 30_000,
    digestMs: 600_000,
    remindMs: 60_000,
    remindMsMax: 480_000,
    escalateMs: 240_000,
  });
  expect(policy.cooldownMs.data_stale).toBe(90_000);
  expect(policy.cooldownMs.disk_low).toBe(defaultPolicy.cooldownMs.disk_low);
  expect(watch).toMatchObject({
    barsMissingMs: 180_000,
    serviceDownMs: 20_000,
    diskFreeBytes: 100_000_000,
    databaseFromEnv: 'DATABASE_URL',
  });
  expect(deadMan).toMatchObject({ urlFromEnv: 'CATALYST_DEADMAN_URL', everyMs: 30_000, missesMax: 3 });
});

const wrong: readonly [what: string, text: string, says: RegExp][] = [
  ['a secret instead of the name of a variable', mail.replace('CATALYST_SMTP_URL', 'smtp://ada:secret@host'), /a:4:.*name of a variable/],
  [
    'an address with a line of its own',
    mail.replace('[you@example.org]', '["you@example.org\\r\\nBcc: all@example.org"]'),
    /an address such as/,
  ],
  ['a route to nobody', mail.replace('critical: [mail]', 'critical: [pager]'), /a:8:.*names among the channels: mail/],
  ['no way for a critical alert', mail.replace('critical: [mail]', 'critical: []'), /at least one channel/],
  ['a cap that leaves no room for the digest', `${mail}policy: { hourlyCap: 1 }\n`, /a number from 2 to 1000/],
  [
    'reminders that come sooner than the first',
    `${mail}policy: { remindMinutes: 10, remindMinutesMax: 5 }\n`,
    /at least remindMinutes, which is 10/,
  ],
  ['a kind that nobody knows', `${mail}cooldownMinutes: { loss: 1 }\n`, /loss.*kinds of alerts: loss_limit_near/],
  ['a channel of another kind', mail.replace('kind: mail', 'kind: fax'), /mail, slack, discord, telegram or webhook/],
  ['a name that nobody knows', `${mail}channel: 1\n`, /channel/],
  ['nothing', '', /channels/],
];
for (const [what, text, says] of wrong)
  test(`${what} is refused, with its place`, () => {
    const settings = alertSettingsIn('a', text);
    if (settings.ok) throw new Error('taken');
    expect(fileProblemText(settings.problem)).toMatch(says);
    expect(fileProblemText(settings.problem)).not.toContain('secret');
  });
