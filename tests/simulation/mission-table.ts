import type { Mode } from '#domain/market/trading-day';

type Allowed = { readonly name: string; readonly entries: number; readonly risk: number };
type Row = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly allowed: Readonly<Record<Mode, readonly [entries: number, riskPercent: number]>>;
};

const none = { normal: [0, 0], aggressive: [0, 0], conservative: [0, 0] } as const;

/** The mission's table of a full day, written down a second time. Source: mission, 2. */
const fullDay: readonly Row[] = [
  { name: 'pre-market', from: '08:00', to: '09:25', allowed: none },
  { name: 'auction', from: '09:25', to: '09:30', allowed: none },
  { name: 'opening range', from: '09:30', to: '09:45', allowed: { normal: [2, 0.5], aggressive: [3, 1], conservative: [0, 0] } },
  { name: 'morning', from: '09:45', to: '11:30', allowed: { normal: [5, 1], aggressive: [5, 1], conservative: [3, 0.5] } },
  { name: 'midday', from: '11:30', to: '14:00', allowed: { normal: [3, 0.75], aggressive: [3, 0.75], conservative: [0, 0] } },
  { name: 'power hour', from: '14:00', to: '15:30', allowed: { normal: [3, 1], aggressive: [5, 1], conservative: [2, 0.5] } },
  { name: 'close', from: '15:30', to: '16:00', allowed: none },
];

/** On a half day the power hour and the close move with the close; there is no midday left. */
const halfDay: readonly Row[] = fullDay.flatMap((row) => {
  if (row.name === 'morning') return [{ ...row, to: '11:00' }];
  if (row.name === 'power hour') return [{ ...row, from: '11:00', to: '12:30' }];
  if (row.name === 'close') return [{ ...row, from: '12:30', to: '13:00' }];
  return row.name === 'midday' ? [] : [row];
});

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** What the mission allows at a local minute of a day that closes at 16:00 or at 13:00. */
export function entriesAllowedAt(minute: number, closeMinute: number, mode: Mode): Allowed {
  const rows = closeMinute === minuteOf('13:00') ? halfDay : fullDay;
  const row = rows.find(({ from, to }) => minuteOf(from) <= minute && minute < minuteOf(to));
  if (row === undefined) return { name: 'outside', entries: 0, risk: 0 };
  const [entries, riskPercent] = row.allowed[mode];
  return { name: row.name, entries, risk: riskPercent / 100 };
}
