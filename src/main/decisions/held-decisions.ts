import type { Entry, EventOf } from '#domain/events/event';
import { reaches, type StopLevel } from '#domain/risk/stop-level';
import type { Choice } from '#domain/session/question';
import type { DecisionList } from '#main/decisions/decision-list';
import { lossRoad, otherRoad } from '#main/decisions/held-roads';
import type { OpenDecision } from '#main/decisions/open-decision';
import { type RoadPlan, realRoad } from '#main/decisions/road-plan';
import type { RealTrade, TradedDay } from '#main/decisions/traded-day';

/** What rules and people decide of what is held or works, without being asked. */
export class HeldDecisions {
  readonly #list: DecisionList;
  readonly #day: TradedDay;
  /** By the request that asked for it. */
  readonly #closes = new Map<number, OpenDecision>();

  constructor(list: DecisionList, day: TradedDay) {
    this.#list = list;
    this.#day = day;
  }

  begin(): void {
    this.#closes.clear();
  }

  warn(entry: Entry, { share, limit }: EventOf<'loss_warned'>): void {
    const { at, sequence: unless } = entry;
    const { open } = this.#day;
    this.#list.add(entry, {
      kind: 'loss_warning',
      symbol: null,
      cause: { kind: 'warned', share, limit },
      recommended: 'hold',
      chosen: 'hold',
      roads: [realRoad('hold', open), lossRoad('close_losers', open, { at, unless }), lossRoad('close_all', open, { at, unless })],
    });
  }

  /** What a halt does to the entries that follow stands in their own records: they are refused. */
  halt(entry: Entry, { reason, level }: EventOf<'halt_ordered'>): void {
    const [choice, ...others] = roadsOf(level, this.#day.open, entry.sequence);
    this.#list.add(entry, {
      kind: 'halt',
      symbol: null,
      cause: { kind: 'halted', reason, level },
      recommended: choice.choice,
      chosen: choice.choice,
      roads: [choice, ...others],
    });
    this.#day.say(entry);
  }

  close(entry: Entry, { symbol, by, because, code }: EventOf<'close_requested'>): void {
    const trade = this.#day.open.findLast(({ order }) => order.symbol === symbol);
    if (trade === undefined) return;
    const decision = this.#list.add(entry, {
      kind: 'close',
      symbol,
      intent: trade.intent,
      cause: { kind: 'requested' },
      recommended: 'keep',
      chosen: 'close',
      roads: [realRoad('close', [trade]), otherRoad('keep', [trade], { unless: entry.sequence, said: [] })],
    });
    decision.override = true;
    decision.chosenBy = { by, at: entry.at, because, code };
    this.#closes.set(entry.cause, decision);
    this.#day.say(entry, trade.intent);
  }

  /** A close that trading does not do was no decision. */
  refuse({ request }: EventOf<'request_refused'>): void {
    const decision = this.#closes.get(request);
    if (decision === undefined) return;
    this.#list.takeBack((one) => one === decision);
    this.#day.unsay(decision.sequence);
  }
}

/** What the halt does first, then what is left undone without it; one that only refuses entries to come has no other road. */
function roadsOf(level: StopLevel, open: readonly RealTrade[], unless: number): readonly [RoadPlan, ...RoadPlan[]] {
  const other = (choice: Choice, trades: readonly RealTrade[]) => otherRoad(choice, trades, { unless, said: [] });
  if (reaches(level, 'flatten')) return [realRoad('close_all', open), other('hold', open)];
  const working = open.filter(({ entryOver }) => !entryOver);
  if (!reaches(level, 'cancel_entries') || working.length === 0) return [realRoad('hold', open)];
  return [realRoad('decline', working), other('enter', working)];
}
