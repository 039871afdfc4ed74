import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpClient, patience } from '#adapters/http/http-client';
import { WebhookChannel, type WebhookShape } from '#adapters/webhook/webhook-channel';
import { systemClock } from '#main/news/system-clock';
import { HookServer } from './hook-server.js';
import { letter } from './letter.js';

let hooks: HookServer;
beforeEach(async () => {
  hooks = await HookServer.start();
});
afterEach(() => hooks.close());

function channel(shape: WebhookShape = { kind: 'webhook' }): WebhookChannel {
  const http = new HttpClient({
    rate: { requests: 100, perMs: 1_000, burst: 100 },
    clock: systemClock,
    random: Math.random,
    secrets: ['secret-part-of-it'],
    stop: new AbortController().signal,
    patience: { ...patience, triesMax: 1, wishMsMax: 0, headersMsMax: 1_500, bodyMsMax: 1_500 },
  });
  return new WebhookChannel({ name: 'chat', url: new URL(hooks.url), shape, http });
}

const bodyOf = (index = 0): Record<string, unknown> => JSON.parse(hooks.taken[index]?.body ?? '{}') as Record<string, unknown>;

test('plain JSON arrives with its name and its try', async () => {
  expect(await channel().send(letter({ attempt: 3 }))).toMatchObject({ ok: true, value: 'ok' });
  expect(hooks.taken).toMatchObject([{ method: 'POST', path: '/hook/secret-part-of-it', message: 'catalyst.abc123.7', attempt: 3 }]);
  expect(bodyOf()).toMatchObject({
    id: 'catalyst.abc123.7',
    attempt: 3,
    severity: 'critical',
    subject: letter().subject,
    data: { count: 1 },
  });
});

test('an answer without a body, as Discord gives it, is a yes', async () => {
  hooks.answers.push({ status: 204 });
  expect(await channel({ kind: 'discord' }).send(letter())).toMatchObject({ ok: true });
});

const answers: readonly [says: string, answer: Parameters<typeof hooks.answers.push>[0], problem: Record<string, unknown>][] = [
  ['429 with Retry-After asks for patience', { status: 429, retryAfter: '7' }, { kind: 'rate_limited', waitMs: 7_000 }],
  [
    '429 with the wish in its body, as Discord says it',
    { status: 429, body: '{"retry_after":1.5}' },
    { kind: 'rate_limited', waitMs: 1_500 },
  ],
  [
    '429 as Telegram says it',
    { status: 429, body: '{"ok":false,"parameters":{"retry_after":35}}' },
    { kind: 'rate_limited', waitMs: 35_000 },
  ],
  ['500 may have taken it', { status: 500, body: 'oops' }, { kind: 'uncertain' }],
  ['404 has refused it', { status: 404, body: 'no_service' }, { kind: 'refused', why: '404 no_service' }],
  ['a redirect is not followed with what we have', { status: 302 }, { kind: 'refused' }],
  ['whoever hangs may have taken it', 'hang', { kind: 'uncertain' }],
  ['whoever closes the line is tried again', 'close', { kind: 'unreachable' }],
];
for (const [says, answer, problem] of answers)
  test(says, async () => {
    hooks.answers.push(answer);
    expect(await channel().send(letter())).toMatchObject({ ok: false, problem });
  });

test('what the other side repeats of the address is not told', async () => {
  hooks.answers.push({ status: 404, body: 'no hook secret-part-of-it' });
  expect(JSON.stringify(await channel().send(letter()))).not.toContain('secret-part-of-it');
});

const hostile = 'headline: <!channel> <@U123> @everyone @here [free](https:[//]evil.example) `code` *bold* <https:[//]evil.example|here>';

test('Slack: nothing of a text from outside calls anybody, is a link, or is mark-up', async () => {
  await channel({ kind: 'slack' }).send(letter({ subject: hostile, text: hostile }));
  const body = bodyOf() as { text: string; mrkdwn: boolean; blocks: { text: { type: string; text: string } }[] };
  expect(body.text).not.toMatch(/[<>]/);
  expect(body.text).toContain('&lt;!channel&gt;');
  expect(body.mrkdwn).toBe(false);
  expect(body.blocks.map(({ text }) => text.type)).toEqual(['plain_text']);
});

test('Discord: nobody is mentioned, no embed is made, every sign stands for itself', async () => {
  await channel({ kind: 'discord' }).send(letter({ text: hostile }));
  const { content, allowed_mentions, flags } = bodyOf() as { content: string; allowed_mentions: unknown; flags: number };
  expect(allowed_mentions).toEqual({ parse: [] });
  expect(flags).toBe(4);
  expect(content).toContain('\\@everyone');
  expect(content).not.toMatch(/(?<!\\)[<@*`[]/);
});

test('Telegram: no parse mode, no preview, no name that is called', async () => {
  await channel({ kind: 'telegram', chat: '-1001' }).send(letter({ text: 'look @ada' }));
  const body = bodyOf() as { text: string; link_preview_options: unknown };
  expect(body).toMatchObject({ chat_id: '-1001', link_preview_options: { is_disabled: true } });
  expect(body).not.toHaveProperty('parse_mode');
  expect(body.text).not.toContain('@ada');
});

test('what is too long for a service is cut between characters, and its name stays', async () => {
  const long = `${'*😀'.repeat(20_000)}`;
  for (const shape of [{ kind: 'slack' }, { kind: 'discord' }, { kind: 'telegram', chat: '1' }] as const)
    await channel(shape).send(letter({ text: long }));
  const [slack, discord, telegram] = [0, 1, 2].map(bodyOf) as [
    { blocks: { text: { text: string } }[] },
    { content: string },
    { text: string },
  ];
  expect(slack.blocks).toHaveLength(3);
  for (const { text } of slack.blocks) expect(text.text.length).toBeLessThanOrEqual(3_000);
  expect(discord.content.length).toBeLessThanOrEqual(2_000);
  expect(discord.content).toContain('catalyst.abc123.7');
  expect(telegram.text.length).toBeLessThanOrEqual(4_096);
  for (const text of [discord.content, telegram.text, ...slack.blocks.map(({ text }) => text.text)])
    expect(text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
});
