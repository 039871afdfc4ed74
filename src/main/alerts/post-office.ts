import type { AlertFacts } from '#domain/alerts/alert';
import type { LogLine } from '#domain/alerts/alert-record';
import { nextTry, type Pending } from '#domain/alerts/deliveries';
import { letterOf } from '#domain/alerts/letter';
import type { Message } from '#domain/alerts/message';
import { instant, MINUTE_MS } from '#domain/values/instant';
import { fail, type Result } from '#domain/values/result';
import type { AlertChannel, Letter, SendProblem } from '#engine/ports/alert-channel';
import type { Clock } from '#engine/ports/clock';
import type { AlertLog } from '#main/alerts/alert-log';

export type Office = {
  readonly log: AlertLog;
  readonly channels: ReadonlyMap<string, AlertChannel>;
  /** As it stands in the commands of a message. */
  readonly journal: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly say: (text: string) => void;
  /** Something about a channel itself is worth an alert. */
  readonly tell: (facts: AlertFacts) => void;
  readonly failed: (error: unknown) => void;
};

/** At most so many tries of a channel at once. The first is for what is not critical, so that nothing old holds up what is. */
const QUIET_AT_ONCE = 1;
const CRITICAL_AT_ONCE = 4;
/** A channel that fails so often in a row is down. */
const FAILURES_TOLD = 3;
/** A critical message that no channel has taken for so long goes to all of them. */
const UNHEARD_MS = MINUTE_MS;

/** Brings messages to channels, each channel by itself: one that hangs or fails delays neither another nor whoever posts. */
export class PostOffice {
  readonly #office: Office;
  readonly #underway = new Map<string, Message['severity']>();
  readonly #running = new Set<Promise<void>>();
  #isPumpDue = false;
  #isClosed = false;

  constructor(office: Office) {
    this.#office = office;
  }

  /** Whether every message has come to its end. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#office.log.record.deliveries.carried.length === 0;
  }

  /** Whether there is a critical message that nobody has taken, though it was tried for long. */
  get isUnheard(): boolean {
    const now = this.#office.clock.now();
    return this.#office.log.record.deliveries.carried.some(
      ({ message, deliveredTo }) => message.severity === 'critical' && deliveredTo.length === 0 && now - message.at >= UNHEARD_MS,
    );
  }

  /** Begins whatever is due and returns at once. */
  pump(): void {
    this.#reroute();
    const { log, clock } = this.#office;
    const now = clock.now();
    const begun = log.record.deliveries.carried.flatMap(({ message, pending }) =>
      pending.filter((each) => this.#mayBegin(each, message) && (each.nextAt <= now || each.nextAt - now > LONGEST_WAIT_MS)),
    );
    if (begun.length === 0) return;
    const tries = begun.flatMap((pending): readonly LogLine[] => {
      const message = log.record.deliveries.messageOf(pending.message);
      // The limits hold for what begins together as well.
      if (message === null || !this.#mayBegin(pending, message)) return [];
      this.#underway.set(nameOf(pending), message.severity);
      return [{ kind: 'tried', message: pending.message, channel: pending.channel, at: now }];
    });
    log.append(...tries);
    for (const { message, channel, attempts } of begun.filter((each) => tries.some((line) => isOf(line, each))))
      this.#run(this.#send(message, channel, attempts + 1));
  }

  /** Begins nothing more, and waits for what is underway; each try is bounded. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#running);
  }

  #run(sending: Promise<void>): void {
    const guarded = sending.catch(this.#office.failed).finally(() => {
      this.#running.delete(guarded);
      this.#pumpSoon();
    });
    this.#running.add(guarded);
  }

  /** The next one need not wait for the next turn of whoever hosts this. */
  #pumpSoon(): void {
    if (this.#isPumpDue || this.#isClosed) return;
    this.#isPumpDue = true;
    setImmediate(() => {
      this.#isPumpDue = false;
      if (!this.#isClosed) this.pump();
    });
  }

  #mayBegin(pending: Pending, { severity }: Message): boolean {
    if (this.#underway.has(nameOf(pending))) return false;
    const isCritical = severity === 'critical';
    const same = [...this.#underway].filter(
      ([name, other]) => name.endsWith(` ${pending.channel}`) && (other === 'critical') === isCritical,
    );
    return same.length < (isCritical ? CRITICAL_AT_ONCE : QUIET_AT_ONCE);
  }

  async #send(id: number, name: string, attempt: number): Promise<void> {
    const { log, channels, clock, say } = this.#office;
    const message = log.record.deliveries.messageOf(id);
    const channel = channels.get(name);
    const sent =
      message === null || channel === undefined
        ? fail({ kind: 'refused' as const, why: 'there is no such channel any more' })
        : await channel.send(this.#letter(message, attempt));
    this.#underway.delete(`${id} ${name}`);
    const at = clock.now();
    if (sent.ok) {
      const failures = log.record.deliveries.failuresOf(name);
      log.append({ kind: 'delivered', message: id, channel: name, at, said: sent.value });
      say(`delivered  message ${id} by ${name}${attempt > 1 ? ` at try ${attempt}` : ''}: ${sent.value}`);
      if (failures >= FAILURES_TOLD) this.#office.tell({ kind: 'channel_back', channel: name, failures });
      return;
    }
    if (message !== null) this.#failed(message, { name, attempt, isKnown: channel !== undefined, sent });
  }

  #failed(message: Message, { name, attempt, isKnown, sent }: FailedTry): void {
    const { log, clock, random, say, tell } = this.#office;
    const { problem } = sent;
    const at = clock.now();
    const next = nextTry({
      severity: message.severity,
      postedAt: message.at,
      now: at,
      attempts: attempt,
      isRefused: problem.kind === 'refused',
      wishMs: problem.kind === 'rate_limited' ? problem.waitMs : null,
      chance: random(),
    });
    const nextAt = isKnown ? next : null;
    const why = `${problem.kind.replaceAll('_', ' ')}: ${problem.why}`;
    log.append({ kind: 'failed', message: message.id, channel: name, at, why, nextAt });
    say(
      `failed     message ${message.id} by ${name}, ${why}; ${nextAt === null ? 'given up' : `again in ${Math.ceil((nextAt - at) / 1000)} s`}`,
    );
    const failures = log.record.deliveries.failuresOf(name);
    if (failures === FAILURES_TOLD && isKnown) tell({ kind: 'channel_down', channel: name, failures, why });
  }

  #letter(message: Message, attempt: number): Letter {
    const { log, journal } = this.#office;
    const alerts = log.record.alertsOf(message.alerts);
    const open = log.record.alertsOf(message.open);
    const worded = letterOf({ message, alerts, open, journal });
    return { id: `catalyst.${log.record.log}.${message.id}`, attempt, severity: message.severity, ...worded };
  }

  /** A critical message that its own channels do not take goes to every other one. */
  #reroute(): void {
    const { log, channels, clock } = this.#office;
    const now = clock.now();
    for (const { message, deliveredTo, pending } of log.record.deliveries.carried) {
      if (message.severity !== 'critical' || deliveredTo.length > 0) continue;
      if (pending.length > 0 && now - message.at < UNHEARD_MS) continue;
      const more = [...channels.keys()].filter((name) => !pending.some(({ channel }) => channel === name));
      if (more.length > 0) log.append({ kind: 'rerouted', message: message.id, channels: more, at: instant(now) });
    }
  }
}

type FailedTry = {
  readonly name: string;
  readonly attempt: number;
  readonly isKnown: boolean;
  readonly sent: Extract<Result<string, SendProblem>, { readonly ok: false }>;
};

/** A wait that is longer was made by a clock that was set back. */
const LONGEST_WAIT_MS = 10 * MINUTE_MS;

const nameOf = ({ message, channel }: Pending): string => `${message} ${channel}`;

const isOf = (line: LogLine, { message, channel }: Pending): boolean =>
  line.kind === 'tried' && line.message === message && line.channel === channel;
