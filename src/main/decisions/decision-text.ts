import {
  type ChosenBy,
  type DecisionKind,
  type DecisionRecord,
  decisionKinds,
  type HeldPosition,
  type TechnicalContext,
} from '#domain/decisions/decision-record';
import { features as catalogue, type Feature } from '#domain/decisions/feature';
import { bestOf, type Road } from '#domain/decisions/judgement';
import type { Outcome } from '#domain/decisions/outcome';
import { emptyTally, type Tally } from '#domain/decisions/tally';
import type { Refusal } from '#domain/risk/refusal';
import type { Settings } from '#domain/settings';
import { unreachable } from '#domain/values/assert';
import { formatInstant } from '#domain/values/instant';
import type { SymbolTable } from '#main/day/symbol-table';
import { amount, percent, signed } from '#main/explain/amounts';
import { levelText } from '#main/explain/level-text';
import { dropSentence, refusalSentence } from '#main/explain/reason-text';
import { words } from '#main/explain/words';
import { clockText } from '#main/live/local-time';

const rText = (r: number): string => `${r <= -0.005 ? '−' : '+'}${Math.abs(r).toFixed(2)} R`;
const dollars = (e4: number): string => `${e4 < 0 ? '−' : '+'}${amount(Math.abs(e4))}`;

export const tableHead =
  'session     time   kind         symbol  decision      by            made      best other road           grade       id';

/** One decision as a line of the table. */
export function tableLine(record: DecisionRecord, symbols: SymbolTable): string {
  const { session, minute, kind, symbol, chosen, chosenBy, override, judgement, id } = record;
  const taken = record.roads.find(({ choice }) => choice === chosen);
  const other = bestOf(record.roads.filter(({ choice }) => choice !== chosen));
  return [
    session.padEnd(10),
    ` ${clockText(minute)}`,
    words(kind).padEnd(12),
    (symbol === null ? '' : symbols.nameOf(symbol)).padEnd(7),
    `${chosen === null ? 'none yet' : words(chosen)}${override ? ' *' : ''}`.padEnd(13),
    (chosenBy?.by ?? '').padEnd(12),
    madeOf(taken).padStart(9),
    `  ${other === undefined ? 'not known' : `${words(other.choice)} ${madeOf(other)}`}`.padEnd(26),
    judgement.grade.padEnd(11),
    id,
  ].join(' ');
}

function madeOf(road: Road | undefined): string {
  if (road === undefined || road.outcome === null) return 'not known';
  if (road.outcome.filled === 0 && road.choice === 'enter') return 'no fill';
  return rText(road.outcome.r);
}

const caveat = [
  'Each road that was not taken is traded alone, as if nothing else were held: the sums compare rules and are no account that',
  'anybody could have had. Fills are simulated; grades are hindsight.',
];

/** The totals under the table, kind by kind. */
export function totalLines(tallies: ReadonlyMap<DecisionKind, Tally>): readonly string[] {
  const lines = decisionKinds.flatMap((kind) => {
    const tally = tallies.get(kind) ?? emptyTally;
    return tally.decisions === 0 ? [] : [totalLine(words(kind), tally)];
  });
  const head = 'decisions           all overrides   right   wrong unresolved  avoided loss   missed gain   by overrides';
  return lines.length === 0 ? ['no decisions'] : [head, ...lines, ...caveat];
}

function totalLine(name: string, { decisions, overrides, grades, avoidedLoss, missedGain, byOverrides }: Tally): string {
  const counts = [
    String(decisions).padStart(7),
    String(overrides).padStart(9),
    String(grades.right).padStart(7),
    String(grades.wrong).padStart(7),
    String(grades.unresolved).padStart(10),
  ];
  return `${name.padEnd(15)} ${counts.join(' ')} ${amount(avoidedLoss).padStart(13)} ${amount(missedGain).padStart(13)} ${amount(byOverrides).padStart(14)}`;
}

/** One decision in full, as a trader would tell it. */
export function wholeText(record: DecisionRecord, symbols: SymbolTable, settings: Settings): readonly string[] {
  const { id, session, minute, at, symbol, stamp, kind, repeats } = record;
  const name = symbol === null ? 'the whole book' : symbols.nameOf(symbol);
  return [
    `Decision ${id}: ${words(kind)}, ${name}, ${session} ${clockText(minute)} New York (${formatInstant(at)})`,
    `Settings: version ${stamp.version}, ${stamp.hash.slice(0, 12)}`,
    ...causeLines(record, symbols, settings),
    ...(repeats === 0 ? [] : [`The same was decided ${repeats} times more that day.`]),
    ...chosenLines(record),
    '',
    'What each road came to:',
    ...record.roads.map((road) => `  ${roadText(road, record)}`),
    ...verdictLines(record),
    '',
    'What was known:',
    ...knownLines(record, symbols),
  ];
}

function causeLines({ cause }: DecisionRecord, symbols: SymbolTable, settings: Settings): readonly string[] {
  switch (cause.kind) {
    case 'dropped':
      return cause.reasons.map((reason) => `Let go at ${words(cause.stage)}: it ${dropSentence(reason, settings)}.`);
    case 'refused':
      return refusedLines(cause.refusals, symbols);
    case 'approved':
      return ['Approved: no rule had anything against it.'];
    case 'asked':
      return [
        `Asked; an answer counted until ${formatInstant(cause.deadline)}. ${settlementText(cause.settlement)}`,
        ...acceptedLines(cause.acceptedBy),
        ...refusedLines(cause.refusals, symbols),
      ];
    case 'warned':
      return [`Warned: ${percent(cause.share)} of the day's limit of ${amount(cause.limit)} was lost.`];
    case 'halted':
      return [`Halted (${words(cause.reason)}): ${words(cause.level)}.`];
    case 'requested':
      return ['Asked for by hand.'];
    default:
      return unreachable(cause);
  }
}

const refusedLines = (refusals: readonly Refusal[], symbols: SymbolTable): readonly string[] =>
  refusals.map((refusal) => `Refused: ${refusalSentence(refusal, (other) => symbols.nameOf(other))}.`);

const acceptedLines = (acceptedBy: ChosenBy | null): readonly string[] =>
  acceptedBy === null
    ? []
    : [`Accepted by ${acceptedBy.by} at ${formatInstant(acceptedBy.at)}; the rules looked once more and refused it.`];

function settlementText(settlement: 'answered' | 'expired' | 'withdrawn' | null): string {
  if (settlement === null) return 'The journal ends before it was settled.';
  return { answered: 'It was answered.', expired: 'Nobody answered in time.', withdrawn: 'It was withdrawn.' }[settlement];
}

function chosenLines({ chosen, chosenBy, recommended, override, refusedAnswers }: DecisionRecord): readonly string[] {
  const done =
    chosen === null || chosenBy === null
      ? `The rules recommended: ${words(recommended)}. Nothing has been chosen.`
      : `The rules recommended: ${words(recommended)}. Chosen by ${chosenBy.by}: ${words(chosen)}${override ? ', an override' : ''}.`;
  const because =
    chosenBy === null || chosenBy.because === ''
      ? []
      : [`Because: ${chosenBy.because}${chosenBy.code === null ? '' : ` (${words(chosenBy.code)})`}`];
  return [
    done,
    ...because,
    ...refusedAnswers.map(
      ({ at, by, choice, fault }) =>
        `An answer at ${formatInstant(at)} did not count (${by}${choice === null ? '' : `, ${words(choice)}`}: ${words(fault)}).`,
    ),
  ];
}

function roadText(road: Road, { chosen }: DecisionRecord): string {
  const name = `${words(road.choice)}${road.choice === chosen ? ' (taken)' : ''}`.padEnd(20);
  if (road.outcome === null) return `${name} not known`;
  const size = road.shares === null ? '' : ` [${road.shares} shares${road.sizedAlone ? ', sized as if nothing else were held' : ''}]`;
  if (road.outcome.filled === 0) return `${name} nothing bought${size}`;
  return `${name} ${outcomeText(road.outcome)}${size}`;
}

const outcomeText = ({ filled, pnl, r, favourable, adverse, minutes, reason }: Outcome): string =>
  `${dollars(pnl)} (${rText(r)}), ${filled} shares for ${minutes} minutes; at best +${favourable.r.toFixed(2)} R, at worst −${adverse.r.toFixed(2)} R; ended by ${reason === null ? 'several reasons' : words(reason)}`;

function verdictLines({ judgement, override }: DecisionRecord): readonly string[] {
  const { grade, advantage, avoidedLoss, missedGain } = judgement;
  if (grade === 'unresolved') return ['Not to be judged: the outcome of a road is not known.'];
  const beside = override && advantage !== null ? ` The override made ${dollars(advantage)} beyond the recommendation.` : '';
  return [`In hindsight ${grade}: loss avoided ${amount(avoidedLoss ?? 0)}, gain missed ${amount(missedGain ?? 0)}.${beside}`];
}

function knownLines({ snapshot }: DecisionRecord, symbols: SymbolTable): readonly string[] {
  const { features, positions, market, dayPnl } = snapshot;
  const { regime } = market;
  return [
    `  day's P&L ${dollars(dayPnl)}; market ${regime.move === null ? 'not known' : `${signed(regime.move)} over ${regime.names} names, ${words(regime.kind ?? '')}`}; SPY ${market.spy === null ? 'not known' : signed(market.spy)}; VIX not known`,
    ...positions.map((position) => `  ${heldText(position, symbols)}`),
    ...features.map((feature) => `  ${featureText(feature)}`),
  ];
}

function heldText({ symbol, shares, entry, price, unrealised, minutes, sentiment, technical }: HeldPosition, symbols: SymbolTable): string {
  const news = sentiment === null ? 'no news' : `news ${sentiment.value.toFixed(2)}`;
  return `holds ${shares} ${symbols.nameOf(symbol)} from ${amount(entry)}, now ${amount(price)}, ${dollars(unrealised)}, for ${minutes} minutes; ${news}; ${nearestText(technical)}`;
}

function nearestText(technical: TechnicalContext | null): string {
  if (technical === null) return 'no level known';
  const { level, atSupport } = technical;
  return `${atSupport ? 'at' : 'nearest is'} the level ${levelText(level)}`;
}

function featureText({ name, value, availableAt }: Feature): string {
  const unit = catalogue.find((row) => row.name === name)?.unit ?? 'text';
  const shown = typeof value === 'string' ? words(value) : String(Math.round(value * 10_000) / 10_000);
  return `${words(name).padEnd(28)} ${shown.padStart(14)} ${unit === 'text' ? '' : words(unit).padEnd(9)} known ${formatInstant(availableAt)}`;
}
