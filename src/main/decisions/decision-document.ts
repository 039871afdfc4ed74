import type { DecisionRecord, HeldPosition } from '#domain/decisions/decision-record';
import type { Excursion, Outcome } from '#domain/decisions/outcome';
import { formatE4 } from '#domain/values/decimal';
import { formatInstant, type Instant } from '#domain/values/instant';
import type { SymbolTable } from '#main/day/symbol-table';

const money = (e4: number | null): string | null => (e4 === null ? null : formatE4(e4));
const time = (at: Instant | null): string | null => (at === null ? null : formatInstant(at));

/** A decision as JSON: money and prices as decimal text in dollars, times in UTC. Its schema is docs/reference/decision.schema.json. */
export function documentOf(record: DecisionRecord, symbols: SymbolTable) {
  const { id, sequence, at, session, minute, kind, symbol, intent, stamp, snapshot, recommended, chosen, chosenBy, judgement } = record;
  const { advantage, avoidedLoss, missedGain, grade } = judgement;
  const { features, market, positions, dayPnl } = snapshot;
  return {
    id,
    sequence,
    at: formatInstant(at),
    session,
    minute,
    kind,
    symbol: symbol === null ? null : symbols.nameOf(symbol),
    intent,
    settings: stamp,
    snapshot: {
      features: features.map(({ name, value, availableAt }) => ({ name, value, availableAt: formatInstant(availableAt) })),
      positions: positions.map((position) => positionOf(position, symbols)),
      market: { ...market, availableAt: formatInstant(market.availableAt) },
      dayPnl: money(dayPnl),
    },
    cause: causeOf(record),
    recommended,
    chosen,
    chosenBy: chosenBy === null ? null : { ...chosenBy, at: formatInstant(chosenBy.at) },
    override: record.override,
    refusedAnswers: record.refusedAnswers.map((answer) => ({ ...answer, at: formatInstant(answer.at) })),
    repeats: record.repeats,
    roads: record.roads.map(({ choice, outcome, shares, sizedAlone, barrier }) => ({
      choice,
      taken: choice === chosen,
      recommended: choice === recommended,
      shares,
      sizedAlone,
      barrier,
      outcome: outcome === null ? null : outcomeDocument(outcome),
    })),
    grade,
    advantage: money(advantage),
    avoidedLoss: money(avoidedLoss),
    missedGain: money(missedGain),
  };
}

function positionOf(
  { symbol, shares, entry, price, unrealised, minutes, availableAt, sentiment, technical }: HeldPosition,
  symbols: SymbolTable,
) {
  return {
    symbol: symbols.nameOf(symbol),
    shares,
    entry: money(entry),
    price: money(price),
    unrealised: money(unrealised),
    minutes,
    availableAt: formatInstant(availableAt),
    sentiment: sentiment === null ? null : { value: sentiment.value, availableAt: formatInstant(sentiment.availableAt) },
    technical:
      technical === null
        ? null
        : {
            atSupport: technical.atSupport,
            level: {
              ...technical.level,
              price: money(Math.round(technical.level.price)),
              halfWidth: money(Math.round(technical.level.halfWidth)),
            },
            availableAt: formatInstant(technical.availableAt),
          },
  };
}

function causeOf({ cause }: DecisionRecord) {
  switch (cause.kind) {
    case 'asked':
      return {
        ...cause,
        deadline: formatInstant(cause.deadline),
        acceptedBy: cause.acceptedBy === null ? null : { ...cause.acceptedBy, at: formatInstant(cause.acceptedBy.at) },
      };
    case 'warned':
      return { ...cause, limit: money(cause.limit) };
    default:
      return cause;
  }
}

function outcomeDocument({ filled, pnl, fees, r, favourable, adverse, minutes, entered, reason }: Outcome) {
  const excursion = (way: Excursion) => ({ r: way.r, money: money(way.money) });
  return {
    filled,
    pnl: money(pnl),
    fees: money(fees),
    r,
    favourable: excursion(favourable),
    adverse: excursion(adverse),
    minutes,
    entered: time(entered),
    reason,
  };
}
