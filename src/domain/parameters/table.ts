import type { Parameter, Tighter, ValueKind } from '#domain/parameters/parameter';

type Row = readonly [name: string, kind: ValueKind, tighter: Tighter, says: string];

const dollars = (least: number, most: number): ValueKind => ({ is: 'dollars', least: least * 10_000, most: most * 10_000 });
const fraction = (least: number, most: number): ValueKind => ({ is: 'fraction', least, most });
const number = (least: number, most: number): ValueKind => ({ is: 'number', least, most });
const whole = (least: number, most: number): ValueKind => ({ is: 'whole', least, most });
const word = (...words: readonly string[]): ValueKind => ({ is: 'word', words });
const names = (of: 'tickers' | 'people'): ValueKind => ({ is: 'names', of });

/** No journal could be continued with another equity at its start: it is given with --capital or in the file, once. */
export const fixedWhileRunning: readonly Parameter[] = [
  { name: 'capital', kind: dollars(1, 1_000_000_000), tighter: 'unordered', says: 'equity at the start; not changeable while running' },
];

/**
 * Source of the ceilings: mission, section 2, the hard rules of Stage 1. Nothing that stands there can be switched off or
 * passed by anybody; the other bounds only keep out what cannot be meant.
 */
const rows: readonly Row[] = [
  ['mode', word('conservative', 'normal', 'aggressive'), 'earlier_word', 'how eagerly the day is traded'],
  ['limits.lossTodayMax', dollars(1, 2_000), 'lower', "the day's loss after fees at which everything is closed"],
  ['limits.lossWarnAt', fraction(0.01, 0.98), 'lower', 'share of that loss at which a person is warned'],
  ['limits.lossWarnAgainAt', fraction(0.02, 0.99), 'lower', 'share of it at which a person is warned again'],
  ['limits.lossWeekMax', fraction(0.001, 0.1), 'lower', "the week's loss at which the house stops"],
  ['limits.drawdownMax', fraction(0.001, 0.2), 'lower', 'the fall from the highest equity at which the house stops'],
  ['limits.accountGapMax', fraction(0.0001, 0.05), 'lower', "how far the broker's equity may lie from our own"],
  ['limits.openPositionsMax', whole(1, 5), 'lower', 'positions at once'],
  ['limits.lossesInARowMax', whole(1, 3), 'lower', 'losses in a row after which entries are smaller'],
  ['limits.sizeAfterLosses', fraction(0.01, 0.5), 'lower', 'factor on the size after that many losses, until a win'],
  ['limits.positionMax', fraction(0.001, 0.2), 'lower', 'share of equity in one position'],
  ['limits.riskPerTradeMax', fraction(0.0001, 0.02), 'lower', 'share of equity at risk in one trade'],
  ['limits.openRiskMax', fraction(0.0001, 0.05), 'lower', 'share of equity at risk in all of them'],
  ['limits.rewardToRiskMin', number(1.5, 20), 'higher', 'least reward for each dollar at risk'],
  ['limits.stopAtrs', number(0.25, 10), 'unordered', 'distance of the stop in ATRs'],
  ['limits.stopMin', fraction(0.001, 0.049), 'unordered', 'nearest stop, as a fraction of the entry'],
  ['limits.stopMax', fraction(0.002, 0.05), 'lower', 'farthest stop, as a fraction of the entry'],
  ['limits.correlationMax', fraction(0, 0.7), 'lower', 'highest correlation with a name that is held'],
  ['limits.correlationPointsMin', whole(20, 10_000), 'unordered', 'common points below which a correlation is unknown'],
  ['limits.minuteShareMax', fraction(0.001, 0.5), 'lower', 'an order as a share of what usually trades in a minute'],
  ['limits.dayShareMax', fraction(0.0001, 0.05), 'lower', 'an order as a share of what usually trades in a day'],
  ['limits.orderValueMax', dollars(1, 1_000_000), 'lower', 'dollars of one order, whatever the account'],
  ['limits.orderSharesMax', whole(1, 1_000_000), 'lower', 'shares of one order, whatever the account'],
  ['limits.grossExposureMax', fraction(0.01, 1), 'lower', 'all positions and entries at their worst, gross; 1 is no margin'],
  ['limits.netExposureMax', fraction(0.01, 1), 'lower', 'the same, net'],
  ['limits.collarMax', fraction(0.001, 0.1), 'lower', 'how far a limit may lie from the last price'],
  ['limits.closeCollarMax', fraction(0.01, 1), 'lower', 'how far a limit may lie from the close of the session before'],
  ['limits.driftMax', fraction(0.001, 0.2), 'lower', 'how far the limits for one name may drift'],
  ['limits.driftMinutes', whole(1, 390), 'higher', 'within so many minutes'],
  ['limits.quoteMinutesMax', whole(1, 60), 'lower', 'the oldest bar of a name, in minutes, on which it may be entered'],
  ['limits.quoteJumpMax', fraction(0.01, 1), 'lower', 'a close that lies farther from the one before is not believed at once'],
  // Fewer messages would hold up the way out as well, so that neither direction is the safe one.
  ['limits.messagesPerMinuteMax', whole(10, 200), 'unordered', 'orders and cancels in a minute'],
  ['limits.messagesForExits', fraction(0.1, 0.9), 'higher', 'share of them that is kept for exits'],
  ['limits.duplicateSeconds', whole(1, 3_600), 'higher', 'seconds within which the same name and side is a duplicate'],
  ['limits.repeatsMax', whole(1, 20), 'lower', 'entries of one pattern in one name that latch it'],
  ['limits.repeatMinutes', whole(1, 390), 'higher', 'within so many minutes'],
  ['limits.sectorPositionsMax', whole(1, 5), 'lower', 'positions in one sector'],
  ['exits.entryMinutesMax', whole(1, 60), 'lower', 'minutes after which an entry that has not filled is cancelled'],
  ['exits.breakEvenAtR', number(0, 10), 'lower_but_zero_is_off', 'from this gain on, in R, the stop stands at the cost; 0 is off'],
  ['exits.trailFromR', number(0, 20), 'lower_but_zero_is_off', 'from this gain on, in R, the stop follows; 0 is off'],
  ['exits.trailAtrs', number(0.25, 10), 'lower', 'at a distance of so many ATRs'],
  [
    'exits.timeStopMinutes',
    whole(0, 390),
    'lower_but_zero_is_off',
    'minutes after which a position that has not gained is closed; 0 is off',
  ],
  ['exits.timeStopBelowR', number(0, 5), 'higher', 'the gain, in R, that keeps it open'],
  ['exits.limitBeforeClose', whole(10, 120), 'higher', 'minutes before the close at which the way out begins, with a limit'],
  ['exits.marketableBeforeClose', whole(2, 120), 'higher', 'minutes before it with a marketable limit'],
  ['exits.marketBeforeClose', whole(1, 120), 'higher', 'minutes before it at the market'],
  ['sizing.kellyFraction', fraction(0, 0.5), 'unordered', 'share of the Kelly fraction that a trade may risk; 0 is off'],
  ['sizing.kellyCountMin', whole(10, 10_000), 'unordered', 'setups on record that this takes'],
  ['session.control', word('supervised', 'autonomous'), 'earlier_word', 'who decides: a person who is asked, or the rules'],
  ['session.answerMinutes', whole(1, 60), 'lower', 'minutes that a question stays open'],
  // Whoever could leave one name alone could shut the others out, so that even fewer operators need a person.
  ['session.operators', names('people'), 'unordered', "whose answers count; empty: everybody's"],
  ['permitted.only', names('tickers'), 'fewer_names_but_none_is_all', 'tickers that may be entered; empty: all'],
  ['permitted.never', names('tickers'), 'more_names', 'tickers that may not be entered'],
  ['scanner.priceMin', dollars(1, 10_000), 'higher', 'least price of a name'],
  ['scanner.dollarVolumeMin', number(100_000, 100_000_000_000), 'higher', 'least mean dollar volume of a day, in dollars'],
  ['scanner.weights.gap', number(0, 1_000), 'unordered', 'what 1 % of gap is worth in the score'],
  ['scanner.weights.change', number(0, 1_000), 'unordered', 'what 1 % of move today is worth'],
  ['scanner.weights.relativeVolume', number(0, 1_000), 'unordered', 'what 1 times the usual volume is worth'],
  ['scanner.rangeMin', fraction(0, 0.5), 'higher', 'least daily ATR 14 as a fraction of the price'],
  ['weights.catalyst', number(0, 1_000), 'unordered', 'what a catalyst of full strength is worth'],
  ['weights.indicator', number(0, 1_000), 'unordered', 'what each indicator that goes along is worth'],
  ['weights.confidence', number(0, 1_000), 'unordered', 'what a setup of full confidence is worth'],
  ['unexplainedSurge.on', { is: 'switch' }, 'off', 'whether a gap with volume counts without a headline'],
  ['unexplainedSurge.gapMin', fraction(0.001, 1), 'higher', 'from which gap'],
  ['unexplainedSurge.relativeVolumeMin', number(1, 1_000), 'higher', 'from which volume, as a multiple of the usual'],
];

/** Every parameter that may be changed while the house runs, in the order of the settings. */
export const parameters: readonly Parameter[] = rows.map(([name, kind, tighter, says]) => ({ name, kind, tighter, says }));

/** Those and the ones that are set once. */
export const allParameters: readonly Parameter[] = [...fixedWhileRunning, ...parameters];

export const parameterNamed = (name: string): Parameter | undefined => parameters.find((one) => one.name === name);
