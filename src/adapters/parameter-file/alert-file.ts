import { z } from 'zod';
import type { FileProblem } from '#adapters/parameter-file/file-problem';
import { type ParsedFile, parseFile } from '#adapters/parameter-file/parsed-file';
import { readText } from '#adapters/parameter-file/read-settings';
import { type AlertSettings, type ChannelSettings, defaultDeadMan, defaultWatch, type Routes } from '#domain/alerts/alert-settings';
import { defaultCooldownMs, defaultPolicy } from '#domain/alerts/policy';
import { fail, ok, type Result } from '#domain/values/result';

const SECOND = 1_000;
const MINUTE = 60_000;

const variable = z.string().regex(/^[A-Z][A-Z0-9_]{2,63}$/, {
  error: 'the name of a variable of the environment, such as CATALYST_SMTP_URL, and never what it holds',
});
/** No name and no address of a header may hold a line of its own. */
const address = z
  .string()
  .max(254)
  .regex(/^(?:[^<>\p{Cc}"]{1,64} <[^\s@<>]+@[^\s@<>]+>|[^\s@<>\p{Cc}]+@[^\s@<>\p{Cc}]+)$/u, {
    error: 'an address such as you@example.org',
  });
const number = (least: number, most: number) =>
  z
    .number({ error: `a number from ${least} to ${most}` })
    .min(least, { error: `a number from ${least} to ${most}` })
    .max(most, { error: `a number from ${least} to ${most}` });
const whole = (least: number, most: number) => number(least, most).int({ error: `a whole number from ${least} to ${most}` });

const mail = z.strictObject({
  kind: z.literal('mail'),
  urlFromEnv: variable,
  from: address,
  to: z.array(address, { error: 'a list such as [you@example.org]' }).min(1, { error: 'a list such as [you@example.org]' }).max(20),
  caFile: z.string().min(1).optional(),
});
const chat = z.strictObject({ kind: z.enum(['slack', 'discord', 'webhook']), urlFromEnv: variable });
const telegram = z.strictObject({
  kind: z.literal('telegram'),
  tokenFromEnv: variable,
  chat: z.union([z.string().regex(/^(-?\d{1,20}|@\w{5,32})$/), z.int()], { error: 'the number of a chat, or the @name of a channel' }),
  server: z.url({ protocol: /^https?$/ }).optional(),
});
const channel = z.discriminatedUnion('kind', [mail, chat, telegram], {
  error: 'kind: mail, slack, discord, telegram or webhook, with what it needs',
});
const channelName = z.string().regex(/^[a-z][a-z0-9-]{0,23}$/, { error: 'a short name in small letters, such as mail' });
const names = z.array(z.string(), { error: 'a list of channels, such as [mail]' }).max(20);

const cooldowns = z.strictObject(Object.fromEntries(Object.keys(defaultCooldownMs).map((kind) => [kind, number(0, 10_080).optional()])), {
  error: ({ code }) => (code === 'unrecognized_keys' ? `kinds of alerts: ${Object.keys(defaultCooldownMs).join(', ')}` : undefined),
});

/** The file as a person writes it. */
const shape = z.strictObject({
  channels: z.record(channelName, channel, { error: 'channels by name' }),
  routes: z.strictObject({ critical: names, warning: names.optional(), information: names.optional(), escalation: names.optional() }),
  policy: z
    .strictObject({
      hourlyCap: whole(2, 1_000).optional(),
      groupSeconds: number(0, 3_600).optional(),
      digestMinutes: number(1, 1_440).optional(),
      remindMinutes: number(0.5, 60).optional(),
      remindMinutesMax: number(1, 240).optional(),
      escalateMinutes: number(1, 240).optional(),
    })
    .nullish(),
  cooldownMinutes: cooldowns.nullish(),
  watch: z
    .strictObject({
      barsMissingMinutes: number(1, 120).optional(),
      scanLateMinutes: number(1, 60).optional(),
      serviceDownSeconds: number(5, 600).optional(),
      openBeforeMinutes: number(0, 300).optional(),
      summaryAfterMinutes: number(5, 240).optional(),
      diskFreeMegabytes: number(50, 1_000_000).optional(),
      databaseFromEnv: variable.optional(),
      newestTrades: whole(10, 500).optional(),
      databaseAwaySeconds: number(1, 86_400).optional(),
      projectionEntries: whole(1, 100_000_000).optional(),
      projectionBehindSeconds: number(1, 86_400).optional(),
      projectorSilentSeconds: number(5, 86_400).optional(),
    })
    .nullish(),
  deadMan: z
    .strictObject({
      urlFromEnv: variable,
      everySeconds: number(10, 3_600).optional(),
      missesMax: whole(1, 100).optional(),
      tellFailures: z.boolean().optional(),
    })
    .nullish(),
});

type Given = z.infer<typeof shape>;

/** The settings of alerts in a file; what it does not name is at its default. */
export function readAlertSettings(file: string): Result<AlertSettings, FileProblem> {
  const text = readText(file);
  return text.ok ? alertSettingsIn(file, text.value) : text;
}

/** The same for a text that was read. */
export function alertSettingsIn(file: string, text: string): Result<AlertSettings, FileProblem> {
  const parsedFile = parseFile(file, text);
  if (!parsedFile.ok) return parsedFile;
  const given = shape.safeParse(parsedFile.value.document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!given.success) return fail(firstOf(parsedFile.value, given.error.issues));
  const fault = faultOf(given.data);
  return fault === null ? ok(settingsOf(given.data)) : fail(parsedFile.value.at(fault.path, fault.expected));
}

type Issue = { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] };

function firstOf(parsedFile: ParsedFile, issues: readonly unknown[]): FileProblem {
  const [issue] = issues as readonly Issue[];
  if (issue === undefined) return parsedFile.at([], 'names with values');
  const [unknown] = issue.keys ?? [];
  return unknown === undefined
    ? parsedFile.at(issue.path, issue.message)
    : parsedFile.at([...issue.path, unknown], `another name (${issue.message})`);
}

type Fault = { readonly path: readonly string[]; readonly expected: string };

/** What the shape alone cannot say. */
function faultOf({ channels, routes, policy }: Given): Fault | null {
  const known = Object.keys(channels);
  for (const [route, listed] of Object.entries(routes))
    if (listed?.some((name) => !known.includes(name)) === true)
      return { path: ['routes', route], expected: `names among the channels: ${known.join(', ') || 'there are none'}` };
  if (routes.critical.length === 0)
    return { path: ['routes', 'critical'], expected: 'at least one channel: a critical alert must reach somebody' };
  const remind = policy?.remindMinutes ?? defaultPolicy.remindMs / MINUTE;
  return (policy?.remindMinutesMax ?? defaultPolicy.remindMsMax / MINUTE) < remind
    ? { path: ['policy', 'remindMinutesMax'], expected: `at least remindMinutes, which is ${remind}` }
    : null;
}

function settingsOf({ channels, routes, policy, cooldownMinutes, watch, deadMan }: Given): AlertSettings {
  const given = Object.entries(cooldownMinutes ?? {}).flatMap(([kind, minutes]) =>
    typeof minutes === 'number' ? [[kind, minutes * MINUTE]] : [],
  );
  const of = (value: number | undefined, unit: number, usual: number): number => (value === undefined ? usual : Math.round(value * unit));
  return {
    channels: new Map(Object.entries(channels).map(([name, each]) => [name, channelOf(each)])),
    routes: routesOf(routes),
    policy: {
      hourlyCap: policy?.hourlyCap ?? defaultPolicy.hourlyCap,
      groupMs: of(policy?.groupSeconds, SECOND, defaultPolicy.groupMs),
      digestMs: of(policy?.digestMinutes, MINUTE, defaultPolicy.digestMs),
      remindMs: of(policy?.remindMinutes, MINUTE, defaultPolicy.remindMs),
      remindMsMax: of(policy?.remindMinutesMax, MINUTE, defaultPolicy.remindMsMax),
      escalateMs: of(policy?.escalateMinutes, MINUTE, defaultPolicy.escalateMs),
      cooldownMs: { ...defaultCooldownMs, ...Object.fromEntries(given) },
    },
    watch: {
      barsMissingMs: of(watch?.barsMissingMinutes, MINUTE, defaultWatch.barsMissingMs),
      scanLateMs: of(watch?.scanLateMinutes, MINUTE, defaultWatch.scanLateMs),
      serviceDownMs: of(watch?.serviceDownSeconds, SECOND, defaultWatch.serviceDownMs),
      openBeforeMs: of(watch?.openBeforeMinutes, MINUTE, defaultWatch.openBeforeMs),
      summaryAfterMs: of(watch?.summaryAfterMinutes, MINUTE, defaultWatch.summaryAfterMs),
      diskFreeBytes: of(watch?.diskFreeMegabytes, 1_000_000, defaultWatch.diskFreeBytes),
      databaseFromEnv: watch?.databaseFromEnv ?? '',
      newestTrades: watch?.newestTrades ?? defaultWatch.newestTrades,
      databaseAwayMs: of(watch?.databaseAwaySeconds, SECOND, defaultWatch.databaseAwayMs),
      projectionEntries: watch?.projectionEntries ?? defaultWatch.projectionEntries,
      projectionBehindMs: of(watch?.projectionBehindSeconds, SECOND, defaultWatch.projectionBehindMs),
      projectorSilentMs: of(watch?.projectorSilentSeconds, SECOND, defaultWatch.projectorSilentMs),
    },
    deadMan:
      deadMan == null
        ? defaultDeadMan
        : {
            urlFromEnv: deadMan.urlFromEnv,
            everyMs: of(deadMan.everySeconds, SECOND, defaultDeadMan.everyMs),
            missesMax: deadMan.missesMax ?? defaultDeadMan.missesMax,
            tellsFailures: deadMan.tellFailures ?? false,
          },
  };
}

function channelOf(given: z.infer<typeof channel>): ChannelSettings {
  if (given.kind === 'mail') return { ...given, caFile: given.caFile ?? null };
  if (given.kind !== 'telegram') return given;
  return { ...given, chat: String(given.chat), server: given.server ?? 'https://api.telegram.org' };
}

/** What a person does not route goes where the critical ones go: nobody is left out by being forgotten. */
const routesOf = ({ critical, warning, information, escalation }: Given['routes']): Routes => ({
  critical,
  warning: warning ?? critical,
  information: information ?? critical,
  escalation: escalation ?? [],
});
