import { afterEach, describe, expect, test } from 'vitest';
import { MailChannel, type MailOptions } from '#adapters/mail/mail-channel';
import { mailServerOf } from '#adapters/mail/mail-server';
import { letter } from '#tests/alerts/letter';
import { freePort, headerOf, selfSigned, silentServer, TestMailServer } from '#tests/alerts/mail-server';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function server(options: Parameters<typeof TestMailServer.start>[0] = {}): Promise<TestMailServer> {
  const started = await TestMailServer.start(options);
  open.push(started);
  return started;
}

/** Short enough for a test, and far longer than a server on this machine takes. */
const timeouts = { connectMsMax: 4_000, greetingMsMax: 1_000, silenceMsMax: 1_500, wholeMsMax: 6_000 };

function channel(url: string, more: Partial<MailOptions> = {}): MailChannel {
  const parsed = mailServerOf(url);
  if (!parsed.ok) throw new Error(parsed.problem.said);
  return new MailChannel({
    name: 'mail',
    server: parsed.value,
    from: 'Catalyst <catalyst@example.org>',
    to: ['you@example.org'],
    ca: null,
    timeouts,
    ...more,
  });
}

test('a mail arrives with its text, its HTML and its name', async () => {
  const mail = await server();
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: true });
  const [taken] = mail.taken;
  expect(taken).toMatchObject({ subject: letter().subject, messageId: '<catalyst.abc123.7@example.org>', attempt: 1 });
  expect(taken?.raw).toContain('text/plain');
  expect(taken?.raw).toContain('<p>200 shares held.</p>');
  expect(headerOf(taken?.raw ?? '', 'Auto-Submitted')).toBe('auto-generated');
});

test('a subject from outside begins no header of its own', async () => {
  const mail = await server();
  await channel(mail.url).send(letter({ subject: 'x\r\nBcc: all@example.org\r\n\r\nbody', id: 'catalyst.a.1' }));
  const [taken] = mail.taken;
  expect(headerOf(taken?.raw ?? '', 'Bcc')).toBe('');
  expect(taken?.subject).toBe('x Bcc: all@example.org body');
});

test('who is put off while others are served gets it at the next try, and the others no copy', async () => {
  const asked: string[] = [];
  let code = 451;
  const mail = await server({
    onRcptTo: ({ address }, _, done) => {
      asked.push(address);
      done(address === 'you@example.org' && code !== 250 ? Object.assign(new Error('not now'), { responseCode: code }) : null);
    },
  });
  const both = channel(mail.url, { to: ['You <you@example.org>', 'other@example.org'] });
  const first = await both.send(letter());
  expect(first).toMatchObject({ ok: false, problem: { kind: 'unreachable', why: expect.stringContaining('NOT to you@example.org: 451') } });
  code = 250;
  expect(await both.send(letter({ attempt: 2 }))).toMatchObject({ ok: true });
  expect(asked).toEqual(['you@example.org', 'other@example.org', 'you@example.org']);
  code = 550;
  const last = await both.send(letter({ id: 'catalyst.a.2' }));
  expect(last).toMatchObject({ ok: true, value: expect.stringContaining('NOT to you@example.org: 550') });
});

test('whoever is put off is found again in large letters, and is not taken for another whose address ends alike', async () => {
  const asked: string[] = [];
  let isBusy = true;
  const mail = await server({
    onRcptTo: ({ address }, _, done) => {
      asked.push(address);
      done(address === 'ou@example.org' && isBusy ? Object.assign(new Error('not now'), { responseCode: 451 }) : null);
    },
  });
  const both = channel(mail.url, { to: ['you@example.org', 'Ou <ou@EXAMPLE.org>'] });
  expect(await both.send(letter())).toMatchObject({ ok: false });
  isBusy = false;
  expect(await both.send(letter({ attempt: 2 }))).toMatchObject({ ok: true });
  expect(asked).toEqual(['you@example.org', 'ou@example.org', 'ou@example.org']);
});

test('a server that wants no such user refuses, and the password is told to nobody', async () => {
  const mail = await server({
    authOptional: false,
    onAuth: ({ password }, _, done) => done(Object.assign(new Error(`535 bad password ${password}`), { responseCode: 535 })),
  });
  const sent = await channel(`smtp://ada:correct-horse%40battery@127.0.0.1:${mail.port}?tls=never`).send(letter());
  expect(sent).toMatchObject({ ok: false, problem: { kind: 'refused' } });
  expect(JSON.stringify(sent)).not.toContain('correct-horse@battery');
  expect(mail.taken).toEqual([]);
});

test('a server that cannot just now is asked again, and takes it then', async () => {
  const mail = await server();
  mail.doings.push(451);
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
  expect(await channel(mail.url).send(letter({ attempt: 2 }))).toMatchObject({ ok: true });
  expect(mail.taken.map(({ attempt }) => attempt)).toEqual([2]);
});

test('a server that refuses for good has refused', async () => {
  const mail = await server();
  mail.doings.push(554);
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

test('nobody at that address takes the mail', async () => {
  const mail = await server({ onRcptTo: (_, __, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })) });
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'refused' } });
});

test('a server that takes the text and goes without a word may have it: the next try bears the same name', async () => {
  const mail = await server();
  mail.doings.push('go');
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'uncertain' } });
  expect(await channel(mail.url).send(letter({ attempt: 2 }))).toMatchObject({ ok: true });
  expect(mail.taken.map(({ messageId, attempt }) => [messageId, attempt])).toEqual([
    ['<catalyst.abc123.7@example.org>', 1],
    ['<catalyst.abc123.7@example.org>', 2],
  ]);
});

test('a server that never answers the text is not waited for, and may have it', async () => {
  const mail = await server();
  mail.doings.push('hang');
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'uncertain' } });
});

test('a slow server is waited for within the bound, and no longer', async () => {
  const mail = await server();
  mail.slowMs = 500;
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: true });
  mail.slowMs = 30_000;
  expect(await channel(mail.url).send(letter())).toMatchObject({ ok: false, problem: { kind: 'uncertain' } });
});

test('one try ends at its bound, whatever the timeouts of the line say', async () => {
  const mail = await server();
  mail.doings.push('hang');
  const endless = { ...timeouts, silenceMsMax: 60_000, wholeMsMax: 1_000 };
  expect(await channel(mail.url, { timeouts: endless }).send(letter())).toMatchObject({
    ok: false,
    problem: { kind: 'uncertain', why: 'no answer in time' },
  });
});

test('whoever never greets, and whoever is not there, is unreachable', async () => {
  const silent = await silentServer();
  open.push(silent);
  expect(await channel(`smtp://127.0.0.1:${silent.port}?tls=never`).send(letter())).toMatchObject({
    ok: false,
    problem: { kind: 'unreachable' },
  });
  const nobody = `smtp://127.0.0.1:${await freePort()}?tls=never`;
  expect(await channel(nobody).send(letter())).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
});

const signed = selfSigned();

describe.skipIf(signed === null)('encrypted (needs openssl to make a certificate)', () => {
  const tls = { disabledCommands: [], allowInsecureAuth: false, ...(signed === null ? {} : { key: signed.key, cert: signed.cert }) };

  test('a certificate that nobody has signed is refused, and nothing is said to its server', async () => {
    const mail = await server(tls);
    expect(await channel(`smtp://ada:secret-word@localhost:${mail.port}`).send(letter())).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable' },
    });
    expect(mail.taken).toEqual([]);
  });

  test('with the authority that the settings name, the password and the mail go through STARTTLS', async () => {
    let heard = '';
    const mail = await server({
      ...tls,
      authOptional: false,
      onAuth: ({ username, password }, { secure }, done) => {
        heard = `${username} ${password} ${secure ? 'encrypted' : 'in clear'}`;
        done(null, { user: username });
      },
    });
    expect(await channel(`smtp://ada:secret%20word@localhost:${mail.port}`, { ca: signed?.cert ?? null }).send(letter())).toMatchObject({
      ok: true,
    });
    expect(heard).toBe('ada secret word encrypted');
    expect(mail.taken).toHaveLength(1);
  });

  test('smtps:// is encrypted from the first byte', async () => {
    const mail = await server({ ...tls, secure: true });
    expect(await channel(`smtps://localhost:${mail.port}`, { ca: signed?.cert ?? null }).send(letter())).toMatchObject({ ok: true });
  });
});

test('a server without STARTTLS gets nothing when encryption is required', async () => {
  const mail = await server({ authOptional: false, onAuth: (_, __, done) => done(null, { user: 'ada' }) });
  expect(await channel(`smtp://ada:secret-word@127.0.0.1:${mail.port}`).send(letter())).toMatchObject({ ok: false });
  expect(mail.taken).toEqual([]);
});

const addresses: readonly [url: string, server: unknown][] = [
  ['smtp://ada:p%40ss@mail.example.org', { host: 'mail.example.org', port: 587, tls: 'required', user: 'ada', password: 'p@ss' }],
  ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, tls: 'implicit', user: '', password: '' }],
  ['smtp://[::1]:2525?tls=never', { host: '::1', port: 2525, tls: 'never', user: '', password: '' }],
  ['smtp://mail.example.org?tls=never', null],
  ['smtp://mail.example.org?tls=maybe', null],
  ['https://mail.example.org', null],
  ['mail.example.org', null],
  ['smtp://%zz@mail.example.org', null],
];
for (const [url, expected] of addresses)
  test(`the address ${url} is ${expected === null ? 'refused' : 'read'}`, () => {
    const parsed = mailServerOf(url);
    if (expected === null) expect(parsed).toMatchObject({ ok: false, problem: { kind: 'bad_server' } });
    else expect(parsed).toEqual({ ok: true, value: expected });
  });
