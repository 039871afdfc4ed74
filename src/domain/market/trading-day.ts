/** How eagerly the day is traded. */
export type Mode = 'normal' | 'aggressive' | 'conservative';

export type PhaseName = 'pre_market' | 'auction' | 'opening_range' | 'morning' | 'midday' | 'power_hour' | 'close';

/** `scanEvery` 0 means no scan; `risk` is the share of equity put at risk in a trade. */
export type PhasePlan = { readonly scanEvery: number; readonly entriesMax: number; readonly risk: number };

export type Phase = {
  readonly name: PhaseName;
  /** Local minutes of the day, from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly plan: Readonly<Record<Mode, PhasePlan>>;
};

const plan = (scanEvery: number, entriesMax: number, risk: number): PhasePlan => ({ scanEvery, entriesMax, risk });
const none = plan(0, 0, 0);
const hour = (h: number, m = 0): number => h * 60 + m;

/** The trading day of the mission, Eastern time, for a close at 16:00. */
const fullDay: readonly Phase[] = [
  {
    name: 'pre_market',
    from: hour(8),
    to: hour(9, 25),
    plan: { normal: plan(15, 0, 0), aggressive: plan(10, 0, 0), conservative: plan(30, 0, 0) },
  },
  { name: 'auction', from: hour(9, 25), to: hour(9, 30), plan: { normal: none, aggressive: none, conservative: none } },
  {
    name: 'opening_range',
    from: hour(9, 30),
    to: hour(9, 45),
    plan: { normal: plan(1, 2, 0.005), aggressive: plan(1, 3, 0.01), conservative: plan(5, 0, 0) },
  },
  {
    name: 'morning',
    from: hour(9, 45),
    to: hour(11, 30),
    plan: { normal: plan(5, 5, 0.01), aggressive: plan(2, 5, 0.01), conservative: plan(10, 3, 0.005) },
  },
  {
    name: 'midday',
    from: hour(11, 30),
    to: hour(14),
    plan: { normal: plan(15, 3, 0.0075), aggressive: plan(10, 3, 0.0075), conservative: plan(30, 0, 0) },
  },
  {
    name: 'power_hour',
    from: hour(14),
    to: hour(15, 30),
    plan: { normal: plan(5, 3, 0.01), aggressive: plan(2, 5, 0.01), conservative: plan(15, 2, 0.005) },
  },
  { name: 'close', from: hour(15, 30), to: hour(16), plan: { normal: none, aggressive: none, conservative: none } },
];

/** In the order of the day. */
export const phaseNames: readonly PhaseName[] = fullDay.map(({ name }) => name);

const FULL_CLOSE = hour(16);

/** The phases of a day that closes at `closeMinute`: on a half day the later ones move with the close and push the midday out. */
export function phasesOf(closeMinute: number): readonly Phase[] {
  const earlier = FULL_CLOSE - closeMinute;
  if (earlier === 0) return fullDay;
  const moved = fullDay.map((phase) => (phase.from >= hour(14) ? { ...phase, from: phase.from - earlier, to: phase.to - earlier } : phase));
  const powerHour = moved.find((phase) => phase.name === 'power_hour');
  const laterFrom = powerHour === undefined ? closeMinute : powerHour.from;
  return moved
    .map((phase) =>
      phase.from < hour(14) && phase.name !== 'power_hour' && phase.name !== 'close'
        ? { ...phase, to: Math.min(phase.to, laterFrom) }
        : phase,
    )
    .filter((phase) => phase.from < phase.to);
}

/** Minutes before the close at which exits begin, and with them the end of every setup. */
export const EXITS_BEFORE_CLOSE = 10;
