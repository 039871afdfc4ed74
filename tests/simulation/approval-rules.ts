import type { Entry, EventOf } from '#domain/events/event';
import type { Settings } from '#domain/settings';
import type { AccountSums } from './account-sums.js';
import { need } from './broken-rule.js';
import type { DayVolumeSums } from './day-volume-sums.js';
import { entriesAllowedAt } from './mission-table.js';
import type { Occurrences } from './occurrences.js';
import type { StopRules } from './stop-rules.js';

type Approved = EventOf<'intent_approved'>['order'];
type Approval = { readonly order: Approved; unfilled: number; ended: boolean };
type Sums = { readonly sums: AccountSums; readonly volumes: DayVolumeSums; readonly stops: StopRules; readonly seen: Occurrences };

/** What may be approved, when, and in which size; and what is taken up by it until it is over. */
export class ApprovalRules {
  readonly #sums: AccountSums;
  readonly #volumes: DayVolumeSums;
  readonly #stops: StopRules;
  readonly #seen: Occurrences;
  readonly #approvals = new Map<number, Approval>();
  readonly #formed = new Map<number, EventOf<'intent_formed'>['intent']>();
  readonly #phaseEntries = new Map<string, number>();
  #session: EventOf<'session_opened'> | null = null;
  #judged = 0;
  refused = 0;

  constructor({ sums, volumes, stops, seen }: Sums) {
    this.#sums = sums;
    this.#volumes = volumes;
    this.#stops = stops;
    this.#seen = seen;
  }

  open(opened: EventOf<'session_opened'>): void {
    this.#session = opened;
    this.#approvals.clear();
    this.#formed.clear();
    this.#phaseEntries.clear();
    this.#judged = 0;
    this.refused = 0;
  }

  /** Intents of the session. */
  get formed(): number {
    return this.#formed.size;
  }

  get allJudgedOnce(): boolean {
    return this.#judged === this.#formed.size;
  }

  of(intent: number): Approval | undefined {
    return this.#approvals.get(intent);
  }

  intended({ sequence }: Entry, { intent }: EventOf<'intent_formed'>): void {
    this.#formed.set(sequence, intent);
  }

  refuse({ refusals }: EventOf<'intent_refused'>): void {
    this.#judged++;
    this.refused++;
    need(refusals.length > 0, 'a refusal has a reason');
    for (const { kind } of refusals) this.#seen.add(kind);
  }

  approve({ intent: sequence, order }: EventOf<'intent_approved'>, { at }: Entry, { limits, mode }: Settings): void {
    const intent = this.#formed.get(sequence);
    this.#judged++;
    need(intent !== undefined && intent.symbol === order.symbol && order.side === 'buy', 'an approval is of an intent to buy');
    need(this.#stops.reasons.length === 0, `approved while ${this.#stops.reasons.join(' ')} holds`);
    const pnl = this.#sums.pnl(limits.accountGapMax);
    need(-pnl <= limits.lossTodayMax, `approved at a P&L of ${pnl}`);
    need(!this.#sums.disagrees(limits.accountGapMax), 'approved while the broker disagrees');
    const { name, entries, risk } = this.#phaseAt(at, mode);
    const before = this.#phaseEntries.get(name) ?? 0;
    need(before < entries, `entry ${before + 1} of ${entries} in the phase ${name}`);
    this.#phaseEntries.set(name, before + 1);
    this.#seen.add(`entry in ${name}`);
    const engaged = this.#live().map(({ order: other }) => other.symbol);
    need(engaged.length < 5 && engaged.length < limits.openPositionsMax, 'a sixth position');
    need(!engaged.includes(order.symbol), 'a second position in a symbol');
    this.#needSize(order, risk, limits);
    this.#approvals.set(sequence, { order, unfilled: order.shares, ended: false });
  }

  entered(intent: number, shares: number, id: string): void {
    const approval = this.#approvals.get(intent);
    if (approval !== undefined) approval.unfilled -= shares;
    need((approval?.unfilled ?? -1) >= 0, `${id} fills more than was approved`);
  }

  ended(intent: number): void {
    const approval = this.#approvals.get(intent);
    if (approval !== undefined) approval.ended = true;
  }

  close(): void {
    need(this.#live().length === 0, 'an approval outlives its session');
  }

  /** Integer sums throughout; shares are rounded down, never up, and no further than to the next whole one. */
  #needSize(
    { symbol, limit, stop, target, shares, risk: told, liquidShares }: Approved,
    phaseRisk: number,
    limits: Settings['limits'],
  ): void {
    const distance = limit - stop;
    need(distance * 100 >= limit, `the stop ${stop} of ${limit} is nearer than 1 %`);
    need(distance * 20 <= limit, `the stop ${stop} of ${limit} is farther than 5 %`);
    need((target - limit) * 2 >= distance * 3, `reward ${target - limit} for a risk of ${distance}`);
    need(told === distance * shares && shares > 0, `risk ${told} of ${shares} shares`);
    const equity = this.#sums.worse(limits.accountGapMax);
    const openRisk = this.#live().reduce((sum, { order }) => sum + order.risk, 0);
    const reserved = this.#reserved();
    const caps = [
      (equity * Math.min(phaseRisk, 0.02)) / distance,
      (equity * Math.min(0.05, limits.openRiskMax) - openRisk) / distance,
      (equity * 0.2) / limit,
      (this.#sums.cash - reserved) / limit,
      // No margin, whatever the marks say.
      (equity - this.#sums.exposure - reserved) / limit,
      liquidShares,
      this.#volumes.usual(symbol) * 0.01,
      // Fat fingers: 50,000 dollars and 20,000 shares, whatever the account.
      500_000_000 / limit,
      20_000,
    ];
    const factor = this.#sums.losses >= 3 ? 0.5 : 1;
    if (factor < 1) this.#seen.add('halved after three losses');
    const most = Math.min(...caps) * factor;
    need(shares <= most + 1e-6, `${shares} shares where ${most} may be had`);
    need(shares > most - 1 - 1e-6, `${shares} shares where ${most} may be had: smaller than the rules ask`);
  }

  /** Approvals whose entry may still fill or whose position is open. */
  #live(): readonly Approval[] {
    return [...this.#approvals].filter(([intent, { ended }]) => !ended || this.#holds(intent)).map(([, approval]) => approval);
  }

  #holds(intent: number): boolean {
    return [...this.#sums.held.values()].some((held) => held.intent === intent && held.shares > 0);
  }

  #reserved(): number {
    return this.#live().reduce((sum, { order, unfilled, ended }) => sum + (ended ? 0 : unfilled * order.limit), 0);
  }

  #phaseAt(at: number, mode: Settings['mode']): { readonly name: string; readonly entries: number; readonly risk: number } {
    const session = this.#session;
    need(session !== null, 'an approval outside of a session');
    if (session === null) return { name: '', entries: 0, risk: 0 };
    const minute = session.openMinute + Math.floor((at - session.open) / 60_000);
    return entriesAllowedAt(minute, session.closeMinute, mode);
  }
}
