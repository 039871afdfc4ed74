import type { Choice } from '#domain/session/question';
import type { Instant } from '#domain/values/instant';
import { type RoadPart, type RoadPlan, roadPlan } from '#main/decisions/road-plan';
import type { HeldTrade } from '#main/decisions/traded-day';
import { shadowSymbol, type Told } from '#simulation/shadow/shadow-trade';

/** The road that the positions really went. */
export const realRoad = (choice: Choice, held: readonly HeldTrade[]): RoadPlan =>
  roadPlan(
    choice,
    held.map(({ trade }) => ({ kind: 'real', intent: trade.intent })),
  );

/** The road on which each of the positions is told something else. */
export const otherRoad = (choice: Choice, held: readonly HeldTrade[], said: (one: HeldTrade) => readonly Told[]): RoadPlan =>
  roadPlan(
    choice,
    held.map((one) => shadowOf(one, said(one))),
  );

/** All of them held, the losers closed, or all closed, from that instant on. */
export function lossRoad(choice: Choice, held: readonly HeldTrade[], at: Instant): RoadPlan {
  const closes = ({ unrealised }: HeldTrade): boolean => choice === 'close_all' || (choice === 'close_losers' && unrealised < 0);
  return otherRoad(choice, held, (one) => (closes(one) ? [closing(at)] : []));
}

function closing(at: Instant): Told {
  const asked = { by: 'shadow', from: 'program', because: 'the road that was not taken' } as const;
  return { at, event: { kind: 'close_requested', symbol: shadowSymbol, code: null, ...asked } };
}

/** The trade once more, from its own entry, told what was said by then and then something else. */
function shadowOf({ trade, before }: HeldTrade, said: readonly Told[]): RoadPart {
  const { order, intent, at, settings, stamp } = trade;
  return { kind: 'shadow', plan: { order, intent, symbol: order.symbol, at, settings, stamp, told: [...before, ...said] } };
}
