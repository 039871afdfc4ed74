import type { EventOf } from '#domain/events/event';
import type { Choice } from '#domain/session/question';
import type { Instant } from '#domain/values/instant';
import { type RoadPart, type RoadPlan, roadPlan } from '#main/decisions/road-plan';
import { isOpen, type RealTrade } from '#main/decisions/traded-day';
import type { Told } from '#simulation/shadow/shadow-trade';

/** What the shadows of a road hear in place of the entry `unless` of the journal. */
export type OtherWord = { readonly unless: number; readonly said: readonly Told[] };

/** The road on which each of the trades hears something else. One that is over by now has no other road any more. */
export const otherRoad = (choice: Choice, trades: readonly RealTrade[], word: OtherWord): RoadPlan =>
  roadPlan(
    choice,
    trades.map((trade) => (isOpen(trade) ? shadowOf(trade, word) : { kind: 'real', intent: trade.intent })),
  );

/** All of them held, the losers closed, or all closed: trading hears it as the answer to a warning. */
export function lossRoad(choice: Choice, trades: readonly RealTrade[], { at, unless }: { readonly at: Instant; readonly unless: number }) {
  return otherRoad(choice, trades, { unless, said: [{ at, event: answered(choice) }] });
}

const answered = (choice: Choice): EventOf<'question_settled'> => ({
  kind: 'question_settled',
  question: 0,
  subject: 'loss_warning',
  intent: 0,
  settlement: 'answered',
  choice,
  override: choice !== 'hold',
  by: 'shadow',
  because: 'the road that was not taken',
  code: null,
});

/** The trade once more, from its own entry. */
function shadowOf({ order, intent, at, settings, stamp, sequence }: RealTrade, word: OtherWord): RoadPart {
  const cast = { order, intent, symbol: order.symbol, at, settings, stamp };
  return { kind: 'shadow', order: cast, since: sequence, trade: intent, ...word };
}
