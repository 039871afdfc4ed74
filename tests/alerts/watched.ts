import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogLine } from '#domain/alerts/alert-record';
import type { AlertSettings, ChannelSettings, Routes } from '#domain/alerts/alert-settings';
import { noAlertSettings } from '#domain/alerts/alert-settings';
import type { Observation } from '#domain/alerts/observation';
import type { Policy } from '#domain/alerts/policy';
import type { Event } from '#domain/events/event';
import { usCalendar } from '#domain/market/calendar';
import { defaultSettings } from '#domain/settings';
import { cash } from '#domain/values/cash';
import { type Instant, instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { AlertLog } from '#main/alerts/alert-log';
import { channelsOf, triesOnce } from '#main/alerts/channels';
import { alertsFolder, wholeLog } from '#main/alerts/log-files';
import { AlertWatch } from '#main/alerts/watch';
import { until } from '../process/until.js';

const date = '2026-03-16' as SessionDate;
/** That session's open. */
export const open = instant(Date.parse('2026-03-16T13:30:00Z'));

export const started = (live = true): Event => ({
  kind: 'run_started',
  settings: defaultSettings,
  source: live ? 'live_market' : 'simulated_market',
  version: 'test',
});
export const account: Event = { kind: 'account_opened', environment: 'paper', book: 'k3v9x2', account: 'PA1' };

export function sessionOpened(on = date): Event {
  const session = usCalendar.session(on);
  if (!session.ok) throw new Error(`no session on ${on}`);
  const { open: from, close, openMinute, closeMinute } = session.value;
  return {
    kind: 'session_opened',
    date: on,
    open: from,
    close,
    openMinute,
    closeMinute,
    history: false,
    listed: ['NVDA', 'AMD'].map(ticker),
  };
}
export const sessionClosed: Event = { kind: 'session_closed', date, lastBar: null, complete: true };
export const bareShares = (since: number = open): Event => ({
  kind: 'cover_missing',
  symbol: symbolIndex(0),
  held: quantity(200),
  covered: quantity(0),
  since: instant(since),
});
export const lossWarned = (share: number): Event => ({
  kind: 'loss_warned',
  pnl: cash(-share * 20_000_000),
  limit: cash(20_000_000),
  share,
});
export const halted: Event = {
  kind: 'halt_ordered',
  reason: 'daily_loss',
  level: 'flatten',
  pnl: cash(-20_012_000),
  limit: cash(20_000_000),
};

export type Wanted = {
  readonly channels: Readonly<Record<string, ChannelSettings>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly routes?: Partial<Routes>;
  readonly policy?: Partial<Policy>;
  readonly deadMan?: string;
  readonly database?: () => Promise<Observation>;
};

/** A journal that a test writes, and a watch beside it whose clock the test moves. Its channels are real. */
export class Watched {
  readonly journal = mkdtempSync(join(tmpdir(), 'catalyst-alerts-'));
  readonly writer = must(JournalWriter.open(this.journal));
  readonly said: string[] = [];
  readonly #wanted: Wanted;
  now: Instant = open;
  log: AlertLog | null = null;
  #watch: AlertWatch | null = null;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  /** Entries of the journal, on the disk when it returns. */
  write(...events: readonly Event[]): void {
    for (const event of events) this.writer.append(event, this.now, 0, 'door');
    this.writer.commit();
  }

  get settings(): AlertSettings {
    const { channels, routes, policy } = this.#wanted;
    const all = Object.keys(channels);
    return {
      ...noAlertSettings,
      channels: new Map(Object.entries(channels)),
      routes: { critical: all, warning: all, information: all, escalation: [], ...routes },
      policy: { ...noAlertSettings.policy, ...policy },
    };
  }

  /** A watch begins; one that is there already is left as a killed process leaves it. */
  begin(): void {
    const { settings } = this;
    const folder = alertsFolder(this.journal);
    const opened = AlertLog.open({ folder, policy: settings.policy, now: this.now });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    const channels = channelsOf(settings.channels, this.#wanted.variables, new AbortController().signal);
    if (!channels.ok) throw new Error(channels.problem.said);
    const { deadMan, database = null } = this.#wanted;
    const clock = {
      now: (): Instant => this.now,
      sleep: async (): Promise<void> => {
        await sleep(5);
      },
    };
    this.log = opened.value;
    this.#watch = new AlertWatch({
      journal: this.journal,
      folder,
      settings,
      log: opened.value,
      channels: channels.value,
      deadMan: deadMan === undefined ? null : { url: new URL(deadMan), http: triesOnce([], new AbortController().signal) },
      database,
      since: 'session',
      clock,
      elapsed: () => this.now,
      random: () => 0.5,
      say: (text) => void this.said.push(text),
    });
  }

  get watch(): AlertWatch {
    if (this.#watch === null) throw new Error('nobody watches yet');
    return this.#watch;
  }

  /** So much of the watch's time passes, with a look at the end of it. */
  pass(ms: number): void {
    this.now = instant(this.now + ms);
    this.watch.turn();
  }

  /** Looks again and again until it is so; the watch's time stands still. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    await until(what, () => {
      this.watch.turn();
      return isSo();
    });
  }

  /** The same, and some seconds of the watch's time pass at each look. */
  async untilLater(what: string, isSo: () => boolean): Promise<void> {
    await until(what, () => {
      this.pass(3_000);
      return isSo();
    });
  }

  get lines(): readonly LogLine[] {
    return wholeLog(alertsFolder(this.journal));
  }

  /** Kinds of the alerts that were raised. */
  get raised(): readonly string[] {
    return this.lines.flatMap((line) => (line.kind === 'raised' ? [line.alert.facts.kind] : []));
  }

  async close(): Promise<void> {
    await this.#watch?.close();
    this.log?.close();
    this.writer.close();
  }
}
