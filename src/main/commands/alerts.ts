import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AlertSettings } from '#domain/alerts/alert-settings';
import { observationOf } from '#domain/alerts/observation-text';
import { parsed } from '#engine/ports/json-text';
import { AlertLog } from '#main/alerts/alert-log';
import { alertRows, rowText } from '#main/alerts/alert-rows';
import { channelsOf, secretAddress, triesOnce } from '#main/alerts/channels';
import { seenDatabase } from '#main/alerts/database-probe';
import { leaveNote } from '#main/alerts/inbox';
import { alertsFolder, wholeLog } from '#main/alerts/log-files';
import { alertSettingsFrom, firstFile } from '#main/alerts/settings-file';
import { testLetters } from '#main/alerts/test-letters';
import { AlertWatch, LogLost, type Since } from '#main/alerts/watch';
import { Failure } from '#main/commands/failure';
import { refuseNoFolder } from '#main/commands/sending';
import { type PersonOptions, personOf } from '#main/control/person';
import { setIn } from '#main/environment/variables';
import { systemClock } from '#main/news/system-clock';
import { note, show, showJson } from '#main/terminal';

/** How long an acknowledgement may take to be taken by a watch that runs. */
const TAKEN_WITHIN_MS = 5_000;
const ONCE_WITHIN_MS = 120_000;

export function initCommand({ out }: { readonly out: string }): void {
  try {
    writeFileSync(out, firstFile, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Failure(
      'badInput',
      error.code === 'EEXIST' ? `${out} is there already and stays as it is` : `${out} cannot be written (${String(error.code)})`,
    );
  }
  show(`${out} is written; put in who is told, set the variables that it names, then: catalyst alerts test --config ${out}`);
}

export function checkCommand(file: string): void {
  const settings = alertSettingsFrom(file);
  show(`${file} is understood.`, ...summaryOf(settings));
  const lacking = connected(settings);
  if (!lacking.ok) throw new Failure('failedCheck', lacking.problem.said);
}

function summaryOf({ channels, routes, policy, deadMan }: AlertSettings): readonly string[] {
  return [
    ...[...channels].map(([name, { kind }]) => `channel     ${name} (${kind})`),
    ...Object.entries(routes).map(([route, names]) => `${route.padEnd(12)}${names.join(', ') || 'nobody more'}`),
    `not critical: at most ${policy.hourlyCap} messages an hour; critical: never held back`,
    deadMan.urlFromEnv === ''
      ? 'no ping to the outside: nobody calls when this machine is gone'
      : `a ping to the outside every ${deadMan.everyMs / 1000} s`,
  ];
}

const connected = (settings: AlertSettings) => channelsOf(settings.channels, process.env, new AbortController().signal);

export type WatchCommand = {
  readonly journal: string;
  readonly config: string;
  readonly once: boolean;
  readonly since: Since;
};

/** Follows a journal until somebody ends it, or once. */
export async function watchCommand({ journal: given, config, once, since }: WatchCommand): Promise<void> {
  // It stands in messages that are read elsewhere.
  const journal = resolve(given);
  const settings = alertSettingsFrom(config);
  const stop = new AbortController();
  const told = (): void => stop.abort();
  const channels = connected(settings);
  if (!channels.ok) throw new Failure('badInput', channels.problem.said);
  const folder = alertsFolder(journal);
  const deadMan = deadManOf(settings);
  const database = databaseOf(settings);
  const opened = AlertLog.open({ folder, policy: settings.policy, now: systemClock.now() });
  if (!opened.ok) {
    const { problem } = opened;
    const why =
      problem.kind === 'log_locked' ? `process ${problem.pid} watches this journal already` : `${folder} cannot be used (${problem.code})`;
    throw new Failure('badJournal', why);
  }
  const log = opened.value;
  if (log.damaged > 0) note(`${log.damaged} lines of ${folder} are damaged and were passed over`);
  process.on('SIGINT', told).on('SIGTERM', told);
  const elapsed = (): number => performance.now();
  const say = (text: string): void => show(`${new Date().toISOString().slice(11, 19)}Z  ${text}`);
  const parts = { journal, folder, settings, log, channels: channels.value, deadMan, database, since };
  try {
    const watch = new AlertWatch({ ...parts, clock: systemClock, elapsed, random: Math.random, say });
    say(`watching   ${journal}; alerts go to ${[...channels.value.keys()].join(', ')}, their log lies in ${folder}`);
    if (!once) await watch.run(stop.signal);
    else if (!(await watch.once(ONCE_WITHIN_MS, stop.signal)))
      throw new Failure('failedCheck', 'not everything was delivered; it is kept, and the next watch tries again');
  } catch (error) {
    if (error instanceof LogLost) throw new Failure('badJournal', `${folder} was moved away or belongs to another watch; this one ends`);
    throw error;
  } finally {
    log.close();
    for (const channel of channels.value.values()) channel.close();
    process.off('SIGINT', told).off('SIGTERM', told);
  }
}

function deadManOf({ deadMan: { urlFromEnv } }: AlertSettings) {
  if (urlFromEnv === '') return null;
  const url = secretAddress(urlFromEnv, process.env);
  if (!url.ok) throw new Failure('badInput', `deadMan: ${url.problem.said}`);
  return { url: url.value, http: triesOnce([url.value.pathname], new AbortController().signal) };
}

function databaseOf({ watch: { databaseFromEnv } }: AlertSettings) {
  if (databaseFromEnv === '') return null;
  const text = setIn(process.env, databaseFromEnv);
  if (!URL.canParse(text)) throw new Failure('badInput', `watch.databaseFromEnv: ${databaseFromEnv} must hold the address of a database`);
  const url = new URL(text);
  return () => seenDatabase(url);
}

export function listCommand({ journal, open, json }: { readonly journal: string; readonly open: boolean; readonly json: boolean }): void {
  refuseNoFolder(journal);
  const rows = alertRows(wholeLog(alertsFolder(journal))).filter((row) => !open || row.isOpen);
  for (const row of rows) if (json) showJson(row);
  if (json) return;
  if (rows.length === 0) show(open ? 'no critical alert is open' : 'no alert was raised');
  else show(...rows.map(rowText));
}

/** A person has seen it. It is the watch that writes it down; without one this command does. */
export async function ackCommand(
  words: readonly string[],
  { journal, ...options }: PersonOptions & { readonly journal: string },
): Promise<void> {
  const { by, because } = personOf(options);
  refuseNoFolder(journal);
  const folder = alertsFolder(journal);
  const rows = alertRows(wholeLog(folder));
  const wanted = words.includes('all') ? rows.filter(({ isOpen }) => isOpen).map(({ id }) => id) : words.map(Number);
  const known = new Set(rows.map(({ id }) => id));
  const odd = wanted.filter((id) => !known.has(id));
  if (odd.length > 0) throw new Failure('failedCheck', `there is no alert ${odd.join(', ')}; see catalyst alerts list`);
  if (wanted.length === 0) return show('no critical alert is open');
  const path = leaveNote(folder, { kind: 'acknowledge', alerts: wanted, by, because });
  if (await isTaken(path)) return show(`acknowledged: alerts ${wanted.join(', ')}, by ${by}`);
  show(`nobody watches this journal just now: it lies in ${path} and is written down when a watch starts`);
}

/** Something that a script has seen, told to the watch. */
export async function tellCommand(text: string, { journal }: { readonly journal: string }): Promise<void> {
  refuseNoFolder(journal);
  const observation = observationOf(parsed(text));
  if (observation === null)
    throw new Failure(
      'usage',
      'expected JSON such as {"kind":"rate_seen","service":"alpaca","used":180,"limit":200}; see docs/reference/alerts.md',
    );
  const path = leaveNote(alertsFolder(journal), { kind: 'observed', observation });
  show((await isTaken(path)) ? 'told' : `nobody watches this journal just now; it lies in ${path}`);
}

async function isTaken(path: string): Promise<boolean> {
  for (let waited = 0; waited < TAKEN_WITHIN_MS; waited += 50) {
    if (!existsSync(path)) return true;
    await systemClock.sleep(50);
  }
  return !existsSync(path);
}

/** Sends one of each loudness on each channel, and says what each answered. */
export async function testCommand({ config }: { readonly config: string }): Promise<void> {
  const channels = connected(alertSettingsFrom(config));
  if (!channels.ok) throw new Failure('badInput', channels.problem.said);
  let failed = 0;
  for (const [name, channel] of channels.value)
    for (const letter of testLetters(name, systemClock.now())) {
      const sent = await channel.send(letter);
      if (!sent.ok) failed++;
      show(
        `${name.padEnd(10)} ${letter.severity.padEnd(11)} ${sent.ok ? `taken: ${sent.value}` : `NOT taken, ${sent.problem.kind.replaceAll('_', ' ')}: ${sent.problem.why}`}`,
      );
    }
  if (failed > 0) throw new Failure('failedCheck', `${failed} of them did not arrive`);
}
