import type { Session } from '#domain/market/session-table';
import type { MarketDataSource } from '#engine/ports/market-data';
import { dataProblemText } from '#main/paper/data-problem-text';

export type CalendarFound = { readonly agrees: boolean; readonly said: string };

/** Whether the broker's calendar has this session as ours does: a closure that was announced after this version is in the other alone. */
export async function checkCalendar({ date, openMinute, closeMinute }: Session, data: MarketDataSource): Promise<CalendarFound> {
  const days = await data.calendar(date, date);
  // Nobody who answers says anything against our own calendar, and the clock is asked each minute in any case.
  if (!days.ok) return { agrees: true, said: `the broker's calendar of ${date} is not known: ${dataProblemText(days.problem)}` };
  const day = days.value.find((each) => each.date === date);
  if (day === undefined) return { agrees: false, said: `the broker has no session on ${date}, and our calendar has one` };
  if (day.openMinute === openMinute && day.closeMinute === closeMinute) return { agrees: true, said: '' };
  const ours = `${openMinute} to ${closeMinute}`;
  return {
    agrees: false,
    said: `the broker's session of ${date} runs from minute ${day.openMinute} to ${day.closeMinute}, ours from ${ours}`,
  };
}
