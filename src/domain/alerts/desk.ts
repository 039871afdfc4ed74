import type { Alert } from '#domain/alerts/alert';
import { endedBy, keyOf } from '#domain/alerts/incident';
import type { Message } from '#domain/alerts/message';
import { HOUR_MS, type Policy } from '#domain/alerts/policy';
import { isAwaited, severityOf } from '#domain/alerts/severity';
import { type Instant, instant } from '#domain/values/instant';

/** A critical matter that was told and that nobody has acknowledged. */
export type Incident = {
  readonly key: string;
  /** The alerts of it that were told. */
  readonly alerts: readonly number[];
  readonly since: Instant;
  /** When it was last told by itself, for its cooldown. */
  readonly toldAt: Instant;
  readonly reminders: number;
  readonly remindAt: Instant;
  readonly escalated: boolean;
};

/** All that the desk knows, as it stands at the head of a new file of the log. */
export type DeskState = {
  readonly lastAlert: number;
  readonly lastMessage: number;
  readonly waiting: readonly Alert[];
  /** Of those that wait: repeats of a critical matter that was over before they were told; they go into the digest. */
  readonly covered: readonly number[];
  readonly incidents: readonly Incident[];
  readonly told: readonly (readonly [key: string, at: Instant])[];
  readonly groups: readonly (readonly [kind: string, at: Instant])[];
  readonly posts: readonly Instant[];
};

const emptyDesk: DeskState = {
  lastAlert: 0,
  lastMessage: 0,
  waiting: [],
  covered: [],
  incidents: [],
  told: [],
  groups: [],
  posts: [],
};

/** So long has passed, or the clock was set back: then nothing is held for what lies ahead. */
const isOver = (since: Instant | undefined, now: Instant, ms: number): boolean => since === undefined || now < since || now - since >= ms;

/**
 * What is told, when, and in which message. It owns its state and has no clock; the same alerts, messages and
 * acknowledgements, seen in the order of the log, make the same desk again.
 */
export class Desk {
  readonly #policy: Policy;
  #lastAlert: number;
  #lastMessage: number;
  readonly #waiting: Map<number, Alert>;
  readonly #covered: Set<number>;
  readonly #incidents: Map<string, Incident>;
  readonly #told: Map<string, Instant>;
  readonly #groups: Map<string, Instant>;
  #posts: readonly Instant[];

  constructor(policy: Policy, state: DeskState = emptyDesk) {
    this.#policy = policy;
    this.#lastAlert = state.lastAlert;
    this.#lastMessage = state.lastMessage;
    this.#waiting = new Map(state.waiting.map((alert) => [alert.id, alert]));
    this.#covered = new Set(state.covered);
    this.#incidents = new Map(state.incidents.map((incident) => [incident.key, incident]));
    this.#told = new Map(state.told);
    this.#groups = new Map(state.groups);
    this.#posts = state.posts;
  }

  get state(): DeskState {
    return {
      lastAlert: this.#lastAlert,
      lastMessage: this.#lastMessage,
      waiting: [...this.#waiting.values()],
      covered: [...this.#covered],
      incidents: [...this.#incidents.values()],
      told: [...this.#told],
      groups: [...this.#groups],
      posts: this.#posts,
    };
  }

  get nextAlert(): number {
    return this.#lastAlert + 1;
  }

  /** Critical matters that nobody has acknowledged. */
  get open(): readonly Incident[] {
    return [...this.#incidents.values()];
  }

  get waiting(): readonly Alert[] {
    return [...this.#waiting.values()];
  }

  raised(alert: Alert): void {
    this.#lastAlert = Math.max(this.#lastAlert, alert.id);
    this.#waiting.set(alert.id, alert);
    const ended = endedBy(alert.facts);
    if (ended.length > 0) this.#end(({ key }) => ended.some((beginning) => key.startsWith(beginning)));
  }

  /** A message is on its way; `alerts` are those that it tells. */
  posted(message: Message): void {
    this.#lastMessage = Math.max(this.#lastMessage, message.id);
    if (message.severity !== 'critical') this.#posts = [...this.#posts.filter((at) => !isOver(at, message.at, HOUR_MS)), message.at];
    const told = message.alerts.flatMap((id) => this.#waiting.get(id) ?? []);
    for (const alert of told) this.#tell(alert, message);
    if (message.purpose === 'reminder') this.#reminded(message);
    this.#forget(message.at);
  }

  /** A person has seen the matter of this alert. What repeats it from now on is new. */
  acknowledged(alert: number): void {
    // One that repeats the matter and waits for the next reminder is listed as well, and may be the one that is named.
    const repeat = this.#covered.has(alert) ? undefined : this.#waiting.get(alert);
    this.#end(({ alerts, key }) => alerts.includes(alert) || (repeat !== undefined && key === keyOf(repeat.facts)));
  }

  /** What is to be sent now, in this order. Each has to be seen by `posted` before it is asked again. */
  due(now: Instant): readonly Message[] {
    const critical: Alert[] = [];
    const others = new Map<string, Alert[]>();
    const fresh = new Set<string>();
    for (const alert of this.#waiting.values()) {
      const { facts } = alert;
      const key = keyOf(facts);
      if (this.#covered.has(alert.id)) continue;
      if (severityOf(facts) === 'critical') {
        if (!fresh.has(key) && this.#isNew(key, now, alert)) {
          fresh.add(key);
          critical.push(alert);
        }
      } else if (this.#mayBeTold(alert, now)) {
        const like = isAwaited(facts) ? key : facts.kind;
        const group = others.get(like);
        if (group === undefined) others.set(like, [alert]);
        else group.push(alert);
      }
    }
    let id = this.#lastMessage;
    const message = (parts: Omit<Message, 'id' | 'at'>): Message => {
      id++;
      return { id, at: now, ...parts };
    };
    const loud = critical.map(({ id: alert }) =>
      message({ purpose: 'alert', severity: 'critical', alerts: [alert], open: [], escalated: false }),
    );
    const reminder = this.#reminder(now, new Set(critical.map(({ id: alert }) => alert)));
    const quiet = this.#quiet([...others.values()], now).map(message);
    return [...loud, ...(reminder === null ? [] : [message(reminder)]), ...quiet];
  }

  /** Nobody knows of it yet, its cooldown is over, or somebody has acknowledged what was told before. */
  #isNew(key: string, now: Instant, { facts }: Alert): boolean {
    const incident = this.#incidents.get(key);
    return incident === undefined || isOver(incident.toldAt, now, this.#policy.cooldownMs[facts.kind]);
  }

  #mayBeTold({ facts }: Alert, now: Instant): boolean {
    if (severityOf(facts) === 'information' && !isAwaited(facts)) return false;
    if (!isOver(this.#told.get(keyOf(facts)), now, this.#policy.cooldownMs[facts.kind])) return false;
    return isAwaited(facts) || isOver(this.#groups.get(facts.kind), now, this.#policy.groupMs);
  }

  /** Messages that are not critical, as far as the cap allows; the last place of the hour is the digest's. */
  #quiet(groups: readonly (readonly Alert[])[], now: Instant): readonly Omit<Message, 'id' | 'at'>[] {
    const { hourlyCap, digestMs } = this.#policy;
    let left = hourlyCap - this.#posts.filter((at) => !isOver(at, now, HOUR_MS)).length;
    const messages: Omit<Message, 'id' | 'at'>[] = [];
    const told = new Set<number>();
    for (const group of groups) {
      if (left <= 1) break;
      left--;
      for (const { id } of group) told.add(id);
      messages.push({ purpose: group.length > 1 ? 'group' : 'alert', ...quietPart(group) });
    }
    const held = [...this.#waiting.values()].filter(
      ({ id, facts }) => !told.has(id) && (severityOf(facts) !== 'critical' || this.#covered.has(id)),
    );
    const isDue = held.some(({ raisedAt }) => isOver(raisedAt, now, digestMs));
    if (isDue && left > 0) messages.push({ purpose: 'digest', ...quietPart(held) });
    return messages;
  }

  /** One message for all that is open, so that many matters do not become many messages every two minutes. */
  #reminder(now: Instant, toldNow: ReadonlySet<number>): Omit<Message, 'id' | 'at'> | null {
    const incidents = this.open;
    const repeats = [...this.#waiting.values()].filter(
      ({ id, facts }) =>
        severityOf(facts) === 'critical' && !toldNow.has(id) && !this.#covered.has(id) && this.#incidents.has(keyOf(facts)),
    );
    // A clock that was set back must not silence a reminder for as long.
    const isLate = incidents.some(({ remindAt }) => now >= remindAt || remindAt - now > this.#policy.remindMsMax);
    const isUnheard = ({ since }: Incident): boolean => isOver(since, now, this.#policy.escalateMs);
    const escalated = incidents.some(isUnheard);
    if (!isLate && !incidents.some((incident) => !incident.escalated && isUnheard(incident))) return null;
    const open = incidents.flatMap(({ alerts }) => alerts.at(-1) ?? []);
    return { purpose: 'reminder', severity: 'critical', alerts: repeats.map(({ id }) => id), open, escalated };
  }

  /** A matter is over. What repeated it and was not told yet is told with the digest, and wakes nobody. */
  #end(isOverNow: (incident: Incident) => boolean): void {
    const ended = new Set(this.open.filter(isOverNow).map(({ key }) => key));
    for (const key of ended) this.#incidents.delete(key);
    for (const { id, facts } of this.#waiting.values())
      if (severityOf(facts) === 'critical' && ended.has(keyOf(facts))) this.#covered.add(id);
  }

  #tell(alert: Alert, { at, purpose }: Message): void {
    const { facts, id } = alert;
    const key = keyOf(facts);
    this.#waiting.delete(id);
    if (this.#covered.delete(id)) return;
    if (severityOf(facts) !== 'critical') {
      if (purpose !== 'digest') this.#groups.set(facts.kind, at);
      this.#told.set(key, at);
      return;
    }
    const before = this.#incidents.get(key);
    const isRepeat = purpose === 'reminder' && before !== undefined;
    this.#incidents.set(key, {
      key,
      alerts: before === undefined ? [id] : [...before.alerts.slice(0, 1), ...before.alerts.slice(1).slice(-ALERTS_KEPT), id],
      since: before?.since ?? at,
      toldAt: isRepeat ? before.toldAt : at,
      reminders: before?.reminders ?? 0,
      remindAt: before?.remindAt ?? instant(at + this.#policy.remindMs),
      escalated: before?.escalated ?? false,
    });
  }

  #reminded({ at, escalated }: Message): void {
    const { remindMs, remindMsMax } = this.#policy;
    for (const [key, incident] of this.#incidents) {
      const reminders = incident.reminders + 1;
      // 2^30 doublings are beyond every interval.
      const wait = Math.min(remindMsMax, remindMs * (1 << Math.min(reminders, 20)));
      const isEscalated = incident.escalated || escalated;
      this.#incidents.set(key, { ...incident, reminders, remindAt: instant(at + wait), escalated: isEscalated });
    }
  }

  /** What no cooldown needs any more. */
  #forget(now: Instant): void {
    if (this.#told.size < TOLD_MAX) return;
    const longest = Math.max(...Object.values(this.#policy.cooldownMs));
    for (const [key, at] of this.#told) if (isOver(at, now, longest)) this.#told.delete(key);
  }
}

/** An acknowledgement may name the first alert of a matter, or any of the newest. */
const ALERTS_KEPT = 62;
const TOLD_MAX = 1_000;

const quietPart = (alerts: readonly Alert[]): Omit<Message, 'id' | 'at' | 'purpose'> => ({
  severity: alerts.some(({ facts }) => severityOf(facts) === 'warning') ? 'warning' : 'information',
  alerts: alerts.map(({ id }) => id),
  open: [],
  escalated: false,
});
