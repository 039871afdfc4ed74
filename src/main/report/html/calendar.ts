import { dayReturn } from '#domain/performance/account-metrics';
import { grouped } from '#domain/performance/grouped';
import type { Day } from '#domain/performance/trade';
import { dayFromCivil, dayOf, type SessionDate, weekdayOf } from '#domain/values/session-date';
import { dollars, plain } from '#main/report/report-words';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const [MONDAY, FRIDAY] = [1, 5];

/** From which share of the equity a day is strong, middling or faint; the colour only repeats what the number says. */
const steps = [0.01, 0.0035, 0] as const;

/** The anchor of the first of the trades that ended in a session; undefined where none has. */
type FirstOf = (date: SessionDate) => string | undefined;

/** A month a block, a week a row: what each session made, in dollars; it leads to its trades. */
export function calendar(days: readonly Day[], firstOf: FirstOf): string {
  const byMonth = grouped(days, ({ date }) => date.slice(0, 7));
  return `<div class="months">${[...byMonth].map(([month, some]) => monthBlock(month, some, firstOf)).join('\n')}</div>`;
}

function monthBlock(month: string, days: readonly Day[], firstOf: FirstOf): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const known = new Map<SessionDate, Day>(days.map((day) => [day.date, day]));
  const first = dayFromCivil(year, number, 1);
  const next = number === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, number + 1, 1);
  const byDay = new Map([...known.values()].map((day) => [dayOf(day.date), day]));
  const rows: string[] = [];
  for (let monday = first - ((weekdayOf(first) + 6) % 7); monday < next; monday += 7) {
    const cells = Array.from({ length: FRIDAY - MONDAY + 1 }, (_, place) => {
      const day = monday + place;
      return day < first || day >= next ? '<td></td>' : cell(day - first + 1, byDay.get(day), firstOf);
    });
    if (cells.some((one) => one !== '<td></td>')) rows.push(`<tr>${cells.join('')}</tr>`);
  }
  const total = days.reduce((sum, { pnl }) => sum + pnl, 0);
  return `<table class="month"><caption>${months[number - 1]} ${year}: ${dollars(total)}</caption><thead><tr>${['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cell(number: number, known: Day | undefined, firstOf: FirstOf): string {
  const date = `<i>${number}</i>`;
  if (known === undefined) return `<td>${date}</td>`;
  const part = dayReturn(known) ?? 0;
  const step = steps.findIndex((from) => Math.abs(part) >= from);
  const kind = known.pnl === 0 ? '' : `${known.pnl > 0 ? 'g' : 'l'}${3 - step}`;
  const told = `${known.date}: ${dollars(known.pnl)}, ${known.trades} trades${known.halts.length > 0 ? ', halted' : ''}`;
  const anchor = firstOf(known.date);
  const pnl = anchor === undefined ? short(known.pnl) : `<a href="#${anchor}">${short(known.pnl)}</a>`;
  return `<td class="${kind}" title="${told}">${date}<b>${pnl}</b>${known.halts.length > 0 ? '<u>halt</u>' : ''}</td>`;
}

/** To the dollar, or to a tenth of a thousand where it is long. */
function short(e4: number): string {
  const value = e4 / 10_000;
  const size = Math.abs(value);
  const text = size >= 100_000 ? `${plain(size / 1000, 0)}k` : size >= 10_000 ? `${plain(size / 1000, 1)}k` : plain(size, 0);
  return value === 0 || text === '0' ? '0' : `${value > 0 ? '+' : '−'}${text}`;
}
