import type { Entry, EventOf } from '#domain/events/event';
import { reaches } from '#domain/risk/stop-level';
import type { Choice } from '#domain/session/question';
import type { DecisionList } from '#main/decisions/decision-list';
import { lossRoad, otherRoad, realRoad } from '#main/decisions/held-roads';
import type { KnownNow } from '#main/decisions/known-now';
import type { TradedDay } from '#main/decisions/traded-day';

/** What rules and people decide of the positions that are held, without being asked. */
export class HeldDecisions {
  readonly #known: KnownNow;
  readonly #list: DecisionList;
  readonly #day: TradedDay;

  constructor(known: KnownNow, list: DecisionList, day: TradedDay) {
    this.#known = known;
    this.#list = list;
    this.#day = day;
  }

  warn(entry: Entry, { share, limit }: EventOf<'loss_warned'>): void {
    const held = this.#day.heldIn(this.#known.book, null);
    this.#list.add(entry, {
      kind: 'loss_warning',
      symbol: null,
      cause: { kind: 'warned', share, limit },
      recommended: 'hold',
      chosen: 'hold',
      roads: [realRoad('hold', held), lossRoad('close_losers', held, entry.at), lossRoad('close_all', held, entry.at)],
    });
  }

  /** What a halt does to the entries that follow stands in their own records: they are refused. */
  halt(entry: Entry, { reason, level }: EventOf<'halt_ordered'>): void {
    const flattens = reaches(level, 'flatten');
    const held = this.#day.heldIn(this.#known.book, null);
    const choice: Choice = flattens ? 'close_all' : 'hold';
    this.#list.add(entry, {
      kind: 'halt',
      symbol: null,
      cause: { kind: 'halted', reason, level },
      recommended: choice,
      chosen: choice,
      roads: [realRoad(choice, held), ...(flattens ? [otherRoad('hold', held, () => [])] : [])],
    });
    this.#day.say(entry);
  }

  close(entry: Entry, { symbol, by, because, code }: EventOf<'close_requested'>): void {
    const held = this.#day.heldIn(this.#known.book, symbol);
    const [only] = held;
    if (only === undefined) return;
    const decision = this.#list.add(entry, {
      kind: 'close',
      symbol,
      intent: only.trade.intent,
      cause: { kind: 'requested' },
      recommended: 'keep',
      chosen: 'close',
      roads: [realRoad('close', [only]), otherRoad('keep', [only], () => [])],
    });
    decision.override = true;
    decision.chosenBy = { by, at: entry.at, because, code };
    this.#day.say(entry, { symbol });
  }
}
