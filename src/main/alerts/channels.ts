import { readFileSync } from 'node:fs';
import { HttpClient, patience } from '#adapters/http/http-client';
import { MailChannel, mailTimeouts } from '#adapters/mail/mail-channel';
import { mailServerOf } from '#adapters/mail/mail-server';
import { WebhookChannel } from '#adapters/webhook/webhook-channel';
import type { ChannelSettings } from '#domain/alerts/alert-settings';
import { fail, ok, type Result } from '#domain/values/result';
import type { AlertChannel } from '#engine/ports/alert-channel';
import type { Http } from '#engine/ports/http';
import { type BadSettings, isHere, refuse, setIn, type Variables } from '#main/environment/variables';
import { systemClock } from '#main/news/system-clock';

/** One try, within bounds: whoever sends decides about the next. */
export function triesOnce(secrets: readonly string[], stop: AbortSignal): Http {
  const bounds = { ...patience, triesMax: 1, wishMsMax: 0, headersMsMax: 10_000, bodyMsMax: 5_000, bodyBytesMax: 65_536 };
  return new HttpClient({
    rate: { requests: 20, perMs: 1_000, burst: 20 },
    clock: systemClock,
    random: Math.random,
    secrets,
    stop,
    patience: bounds,
  });
}

/** The channels of a file, with what the environment holds for them. No message of this repeats a secret. */
export function channelsOf(
  settings: ReadonlyMap<string, ChannelSettings>,
  variables: Variables,
  stop: AbortSignal,
): Result<ReadonlyMap<string, AlertChannel>, BadSettings> {
  const channels = new Map<string, AlertChannel>();
  for (const [name, each] of settings) {
    const channel = channelOf(name, each, variables, stop);
    if (!channel.ok) return channel;
    channels.set(name, channel.value);
  }
  return ok(channels);
}

function channelOf(name: string, settings: ChannelSettings, variables: Variables, stop: AbortSignal): Result<AlertChannel, BadSettings> {
  if (settings.kind === 'mail') return mailOf(name, settings, variables);
  if (settings.kind === 'telegram') {
    const token = setIn(variables, settings.tokenFromEnv);
    if (!/^\d{3,20}:[\w-]{20,100}$/.test(token)) return refuse(`channel ${name}: ${settings.tokenFromEnv} must hold the token of a bot`);
    const url = new URL(`bot${token}/sendMessage`, settings.server.endsWith('/') ? settings.server : `${settings.server}/`);
    if (url.protocol !== 'https:' && !isHere(url)) return refuse(`channel ${name}: a token only travels to https://`);
    const shape = { kind: 'telegram', chat: settings.chat } as const;
    return ok(new WebhookChannel({ name, url, shape, http: triesOnce([token], stop) }));
  }
  const url = secretAddress(settings.urlFromEnv, variables);
  if (!url.ok) return fail({ ...url.problem, said: `channel ${name}: ${url.problem.said}` });
  return ok(new WebhookChannel({ name, url: url.value, shape: { kind: settings.kind }, http: triesOnce(secretsOf(url.value), stop) }));
}

function mailOf(
  name: string,
  { urlFromEnv, from, to, caFile }: Extract<ChannelSettings, { kind: 'mail' }>,
  variables: Variables,
): Result<AlertChannel, BadSettings> {
  const text = setIn(variables, urlFromEnv);
  if (text === '') return refuse(`channel ${name}: set ${urlFromEnv}, such as smtp://user:password@host:587`);
  const server = mailServerOf(text);
  if (!server.ok) return refuse(`channel ${name}: ${urlFromEnv}: ${server.problem.said}`);
  const ca = caFile === null ? ok(null) : fileText(caFile);
  if (!ca.ok) return refuse(`channel ${name}: ${ca.problem.said}`);
  return ok(new MailChannel({ name, server: server.value, from, to, ca: ca.value, timeouts: mailTimeouts }));
}

/** An address that is a secret itself: encrypted, or not beyond this machine. */
export function secretAddress(variable: string, variables: Variables): Result<URL, BadSettings> {
  const text = setIn(variables, variable);
  if (text === '') return refuse(`set ${variable} to an address such as https://hooks.example.org/…`);
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url)));
  if (!isSafe) return refuse(`${variable} must begin with https://; http:// only to this machine`);
  return url.username === '' && url.password === '' ? ok(url) : refuse(`${variable} must hold no name and no password before the host`);
}

/** What of such an address lets somebody write there. */
const secretsOf = ({ pathname, search }: URL): readonly string[] =>
  [...pathname.split('/'), search.slice(1)].filter((part) => part.length >= 8);

function fileText(path: string): Result<string, BadSettings> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return refuse(`${path} cannot be read (${String(error.code)})`);
    throw error;
  }
}
