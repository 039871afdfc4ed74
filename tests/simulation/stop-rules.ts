import type { Entry, Event, EventOf } from '#domain/events/event';
import type { HaltReason, StopLevel } from '#domain/risk/stop-level';
import type { Settings } from '#domain/settings';
import type { AccountSums } from './account-sums.js';
import { need } from './broken-rule.js';
import type { Occurrences } from './occurrences.js';

type Limits = Settings['limits'];

const levels: readonly StopLevel[] = ['pause_entries', 'cancel_entries', 'flatten', 'suspend'];
const isHigher = (one: StopLevel, other: StopLevel): boolean => levels.indexOf(one) > levels.indexOf(other);
const clearable: readonly HaltReason[] = ['requested', 'drawdown', 'repeated_execution'];

/** When the house must stand still, and who may end it: the losses by sums of our own, the latch written down again. */
export class StopRules {
  readonly #sums: AccountSums;
  readonly #seen: Occurrences;
  readonly #latched = new Map<HaltReason, StopLevel>();
  /** Those that somebody was told of. */
  readonly #told = new Set<HaltReason>();
  /** By reason, the entry at which it must be ordered. */
  readonly #due = new Map<HaltReason, number>();
  #warned = 0;
  #warningDue: number | null = null;
  #suspended: 'no' | 'wanted' | 'yes' = 'no';
  /** Whether everything has been told to leave. */
  flattened = false;

  constructor(sums: AccountSums, seen: Occurrences) {
    this.#sums = sums;
    this.#seen = seen;
  }

  get reasons(): readonly HaltReason[] {
    return [...this.#latched.keys()];
  }

  /** Whether what is latched does all that this level asks for. */
  reaches(level: StopLevel): boolean {
    return [...this.#latched.values()].some((held) => !isHigher(level, held));
  }

  /** What ends by itself ends, and what was hidden behind it has to be told. */
  open(newWeek: boolean, sequence: number): void {
    this.#warned = 0;
    this.#ends('daily_loss');
    if (newWeek) this.#ends('weekly_loss');
    this.flattened = this.reaches('flatten');
    if (this.reasons.some((reason) => this.#told.has(reason))) return;
    for (const reason of this.reasons.slice(0, 1)) this.#due.set(reason, sequence);
  }

  /** A pattern has fired too often in one name: it pauses, though something stronger may make it needless to tell. */
  repeated(): void {
    this.#latch('repeated_execution', 'pause_entries');
  }

  /** After every fill, every minute and every word of the broker's. */
  watch({ sequence, event }: Entry, limits: Limits): void {
    if (event.kind === 'bars_closed' && this.#sums.untouched) return;
    const sums = this.#sums;
    const gap = limits.accountGapMax;
    sums.observe(gap);
    this.#warn(limits);
    const [week, fall] = [sums.week(gap), sums.fall(gap)];
    if (-sums.pnl(gap) > limits.lossTodayMax) this.#passed('daily_loss', sequence);
    if (-week.pnl > Math.floor(week.open * limits.lossWeekMax)) this.#passed('weekly_loss', sequence);
    if (-fall.pnl > Math.floor(fall.peak * limits.drawdownMax)) this.#passed('drawdown', sequence);
  }

  /** It holds from here on, whether or not something stronger makes it needless to tell. */
  asked(level: StopLevel, sequence: number): void {
    if (!this.reaches(level)) this.#due.set('requested', sequence);
    this.#latch('requested', level);
  }

  warned({ share, pnl }: EventOf<'loss_warned'>, limits: Limits): void {
    need(
      share === this.#warningDue && pnl === this.#sums.pnl(limits.accountGapMax),
      `warned of ${share} at ${pnl}, due ${this.#warningDue}`,
    );
    this.#warningDue = null;
    this.#seen.add(`warned at ${share}`);
  }

  /** Whether all that is held has to leave now, and had not to before. */
  halt({ reason, level, pnl }: EventOf<'halt_ordered'>, { cause }: Entry, why: Event | undefined, limits: Limits): boolean {
    const due = this.#due.get(reason);
    if (why?.kind === 'session_opened') this.#needHidden(reason, level);
    else if (reason === 'requested') need(why?.kind === 'stop_requested' && why.level === level, 'a requested stop was requested');
    else if (reason === 'repeated_execution') need(level === 'pause_entries', 'a repetition pauses');
    else this.#needLoss({ reason, level, pnl }, due === undefined || due === cause, limits);
    this.#due.delete(reason);
    this.#told.add(reason);
    this.#latch(reason, level);
    if (level === 'suspend') this.#suspended = this.#suspended === 'yes' ? 'yes' : 'wanted';
    this.#seen.add(`halt: ${reason} ${level}`);
    const before = this.flattened;
    this.flattened = before || this.reaches('flatten');
    return !before && this.flattened;
  }

  /** Only a person, only with a reason, and never what ends by itself. */
  cleared({ by, because }: EventOf<'stop_cleared'>, asked: Event | undefined, limits: Limits): void {
    need(asked?.kind === 'clear_requested' && asked.from === 'person' && asked.by === by, 'a person clears a stop');
    need(because.trim() !== '', 'a stop is cleared for a reason');
    need(this.#latched.size > 0 && this.reasons.every((reason) => clearable.includes(reason)), `${this.reasons.join(' ')} cleared`);
    if (this.#latched.has('drawdown')) this.#sums.startAnew(limits.accountGapMax);
    this.#latched.clear();
    this.#told.clear();
    this.flattened = false;
    this.#seen.add('stop cleared');
  }

  /** The broker itself is shut when nothing is held after the last level, and opened again by a clear alone. */
  suspension(kind: 'suspend_requested' | 'resume_requested', why: Event | undefined): void {
    if (kind === 'suspend_requested') need(this.#suspended === 'wanted' && this.#sums.held.size === 0, 'suspended when flat');
    else need(this.#suspended === 'yes' && why?.kind === 'stop_cleared', 'resumed by a clear');
    this.#suspended = kind === 'suspend_requested' ? 'yes' : 'no';
    this.#seen.add(kind);
  }

  /** All that follows from an entry of the world has been written. */
  settled(): void {
    for (const [reason, sequence] of this.#due) need(false, `${reason} came about at entry ${sequence} and nothing halted there`);
    need(this.#warningDue === null, `nobody was warned of ${this.#warningDue}`);
  }

  #ends(reason: HaltReason): void {
    this.#latched.delete(reason);
    this.#told.delete(reason);
  }

  /** Told in the morning, since what was stronger has ended. */
  #needHidden(reason: HaltReason, level: StopLevel): void {
    need(this.#latched.get(reason) === level, `${reason} holds from before`);
    if (!this.#told.has(reason)) this.#due.clear();
    this.#seen.add('a hidden stop is told');
  }

  #passed(reason: HaltReason, sequence: number): void {
    if (this.#latched.has(reason)) return;
    this.#seen.add(`passed: ${reason}`);
    if (!this.reaches('flatten')) this.#due.set(reason, sequence);
    this.#latch(reason, 'flatten');
  }

  #needLoss({ reason, level, pnl }: Pick<EventOf<'halt_ordered'>, 'reason' | 'level' | 'pnl'>, isAtOnce: boolean, limits: Limits): void {
    const gap = limits.accountGapMax;
    const lost = { daily_loss: this.#sums.pnl(gap), weekly_loss: this.#sums.week(gap).pnl, drawdown: this.#sums.fall(gap).pnl };
    need(this.#latched.has(reason) && level === 'flatten', `halted by ${reason} at ${pnl}`);
    need(isAtOnce, `${reason} is halted later than it came about`);
    need(pnl === lost[reason as keyof typeof lost], `halted at ${pnl}, the fills give ${lost[reason as keyof typeof lost]}`);
  }

  #warn({ lossTodayMax, lossWarnAt, lossWarnAgainAt, accountGapMax }: Limits): void {
    const lost = -this.#sums.pnl(accountGapMax);
    const reached = [lossWarnAgainAt, lossWarnAt].find((share) => lost >= lossTodayMax * share);
    if (reached === undefined || reached <= this.#warned) return;
    this.#warned = reached;
    this.#warningDue = reached;
  }

  #latch(reason: HaltReason, level: StopLevel): void {
    const before = this.#latched.get(reason);
    if (before === undefined || isHigher(level, before)) this.#latched.set(reason, level);
  }
}
