import type { SessionClock } from '#domain/market/session-clock';
import type { Option, Question } from '#domain/session/question';
import { MINUTE_MS } from '#domain/values/instant';
import { amount } from '#main/explain/amounts';
import { levelText } from '#main/explain/level-text';
import { words } from '#main/explain/words';
import { clockText } from '#main/live/local-time';
import type { Context, DecisionContext, NameContext, PositionContext } from '#main/operator/context';

const percent = (fraction: number): string => `${fraction < 0 ? '' : '+'}${(fraction * 100).toFixed(2)} %`;

/** A question as a person meets it: what is asked, what each way means, what is known now, and until when. */
export function questionLines(
  sequence: number,
  question: Question,
  { context, known, clock }: { readonly context: Context; readonly known: DecisionContext; readonly clock: SessionClock },
): readonly string[] {
  const { symbol, price, options, recommended, whenSilent, deadline } = question;
  return [
    `question ${sequence}: ${titleOf(question, context)}`,
    ...options.map((option, place) => `  ${place + 1} ${optionText(option)}${option.choice === recommended ? '   <- recommended' : ''}`),
    `  without an answer before ${clockText(clock.minuteAt(deadline))} (${(deadline - known.at) / MINUTE_MS} minutes): ${words(whenSilent)}`,
    `  now ${clockText(clock.minuteAt(known.at))} New York, day's P&L ${amount(known.pnl)}, SPY today ${known.spyToday === null ? 'not known' : percent(known.spyToday)}, VIX not known`,
    ...(symbol === null ? [] : nameLines(context.ofName(symbol, price))),
    ...known.positions.flatMap(positionLines),
  ];
}

/** A question in a few words. */
export function titleOf({ subject, symbol, shares, price }: Question, context: Context): string {
  const name = symbol === null ? '' : context.nameOf(symbol);
  switch (subject) {
    case 'entry':
      return `buy ${shares} ${name} at ${amount(price)}?`;
    case 'time_stop':
      return `${name} has not moved as it should: close ${shares} at about ${amount(price)}?`;
    case 'loss_warning':
      return 'the day comes near to its greatest loss: what of the positions?';
  }
}

const optionText = ({ choice, cash, risk, atStop, atTarget }: Option): string =>
  `${words(choice).padEnd(13)} cash ${amount(-cash)}, at risk ${amount(risk)}, at the stops ${amountOrNot(atStop)}, at the targets ${amountOrNot(atTarget)}`;

const amountOrNot = (e4: number | null): string => (e4 === null ? 'not known' : amount(e4));

function positionLines(position: PositionContext): readonly string[] {
  const { name, shares, entry, price, unrealised, minutes } = position;
  return [
    `  holding ${name}: ${shares} at ${amount(entry)}, now ${amount(price)}, unrealised ${amount(unrealised)}, for ${minutes} minutes`,
    ...nameLines(position),
  ];
}

function nameLines({ sentiment, headline, levels, atLevel }: NameContext): readonly string[] {
  const news = sentiment === null ? 'news: none that speaks for it' : `news ${sentiment.toFixed(2)}: ${headline ?? ''}`;
  const near = levels.map((level) => `${levelText(level)}${level === atLevel ? ' (here)' : ''}`);
  return [`    ${news}`, `    levels: ${near.length === 0 ? 'none known' : near.join('; ')}`];
}
