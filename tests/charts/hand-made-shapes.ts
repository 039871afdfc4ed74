import type { PatternKind } from '#domain/patterns/setup';
import type { ChartBar, SymbolView } from '#domain/patterns/symbol-view';
import { e4, OPEN, viewAt } from '#tests/charts/chart-view';

type Corner = readonly [minute: number, dollars: number];

/** A session so far as somebody would draw it: corners that are joined, and small regular waves. */
type Drawing = {
  readonly kind: PatternKind;
  readonly corners: readonly Corner[];
  readonly known?: Partial<SymbolView>;
};

const waves = [0, 0.02, -0.01, 0.01, -0.02] as const;

/** One of each, with an ATR of 0.40. */
const drawings: readonly Drawing[] = [
  {
    kind: 'opening_range_breakout',
    corners: [
      [0, 50],
      [5, 50.4],
      [10, 49.9],
      [15, 50.3],
      [20, 50.15],
      [25, 50.6],
    ],
  },
  {
    kind: 'bull_flag',
    corners: [
      [0, 50],
      [17, 52.1],
      [20, 51.8],
      [34, 51.5],
      [40, 51.95],
    ],
  },
  {
    kind: 'cup_and_handle',
    corners: [
      [0, 49],
      [17, 51],
      [30, 50.1],
      [40, 49.6],
      [50, 49.35],
      [62, 49.25],
      [75, 49.35],
      [85, 49.6],
      [95, 50.1],
      [107, 51],
      [118, 50.55],
      [130, 51.15],
    ],
  },
  {
    kind: 'ascending_triangle',
    corners: [
      [0, 49.4],
      [17, 51],
      [32, 49.8],
      [47, 51],
      [59, 50.25],
      [72, 51],
      [82, 50.6],
      [92, 50.95],
      [97, 50.85],
      [105, 51.2],
    ],
  },
  {
    kind: 'abcd',
    corners: [
      [0, 50],
      [32, 52],
      [55, 50.8],
      [80, 52.2],
    ],
  },
  {
    kind: 'flat_top_breakout',
    corners: [
      [0, 49.6],
      [18, 51],
      [21, 50.8],
      [23, 51],
      [26, 50.75],
      [28, 51],
      [31, 50.7],
      [33, 51],
      [36, 50.8],
      [38, 51],
      [41, 50.8],
      [45, 51.2],
    ],
  },
  {
    kind: 'vwap_breakout',
    corners: [
      [0, 51],
      [30, 49.5],
      [60, 48.7],
      [78, 48.9],
      [85, 49.85],
    ],
  },
  {
    kind: 'gap_and_go',
    corners: [
      [0, 50],
      [5, 50.4],
      [10, 49.9],
      [16, 50.3],
      [20, 50.65],
    ],
    known: { previousClose: e4(48) },
  },
  {
    kind: 'red_to_green',
    corners: [
      [0, 50.2],
      [12, 49.6],
      [18, 49.9],
      [24, 49.7],
      [35, 50.65],
    ],
    known: { previousClose: e4(50.5) },
  },
];

export type HandMade = { readonly kind: PatternKind; readonly bars: readonly ChartBar[]; readonly view: SymbolView };

export const handMadeShapes: readonly HandMade[] = drawings.map(({ kind, corners, known }) => {
  const bars = barsOf(corners);
  return { kind, bars, view: viewAt(bars, OPEN + bars.length, { volumeRatio: 2, ...known }) };
});

function barsOf(corners: readonly Corner[]): readonly ChartBar[] {
  const [end] = corners.at(-1) as Corner;
  const closeAt = (minute: number): number => priceAt(corners, minute) + (minute < end ? (waves[minute % waves.length] as number) : 0);
  return Array.from({ length: end }, (_, minute) => {
    const open = e4(closeAt(minute));
    const close = e4(closeAt(minute + 1));
    const tail = 150 + 50 * (minute % 3);
    const volume = minute >= end - 5 ? 4000 : 2000;
    return { minute: OPEN + minute, open, high: Math.max(open, close) + tail, low: Math.min(open, close) - tail, close, volume };
  });
}

function priceAt(corners: readonly Corner[], minute: number): number {
  const next = Math.max(
    1,
    corners.findIndex(([at]) => at >= minute),
  );
  const [from, start] = corners[next - 1] as Corner;
  const [to, end] = corners[next] as Corner;
  return start + ((end - start) * (minute - from)) / (to - from);
}
