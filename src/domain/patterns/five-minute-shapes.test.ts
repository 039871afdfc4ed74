import { expect, test } from 'vitest';
import { abcd } from '#domain/patterns/abcd';
import { ascendingTriangle } from '#domain/patterns/ascending-triangle';
import { bullFlag } from '#domain/patterns/bull-flag';
import { cupAndHandle } from '#domain/patterns/cup-and-handle';
import { flatTop } from '#domain/patterns/flat-top';
import type { Pattern } from '#domain/patterns/sighting';
import type { SymbolView } from '#domain/patterns/symbol-view';
import { e4, viewOfFives } from '#tests/charts/chart-view';

/** High and low of a five-minute bar in dollars; the ATR is one dollar unless a row says otherwise. */
type Five = readonly [high: number, low: number];
type Row = readonly [what: string, bars: readonly Five[], close: number, isThere: boolean, atr?: number, known?: Partial<SymbolView>];

const look = (pattern: Pattern, bars: readonly Five[], close: number, atr = 1, known: Partial<SymbolView> = {}) =>
  pattern.find(viewOfFives(bars, close, { atr: e4(atr), ...known }));

/** The bars with some of them put in the place of others. */
const but = (bars: readonly Five[], changes: Readonly<Record<number, Five>>): readonly Five[] => bars.map((one, i) => changes[i] ?? one);
const times = (count: number, one: Five): readonly Five[] => Array<Five>(count).fill(one);

function table(pattern: Pattern, rows: readonly Row[]): void {
  for (const [what, bars, close, isThere, atr, known] of rows)
    test(`${pattern.kind}: ${what}`, () => expect(look(pattern, bars, close, atr, known) !== null).toBe(isThere));
}

/** A rise from 100 to 105 in four bars, and two that give back 1.40 of it. */
const pole: readonly Five[] = [
  [101, 100],
  [102.5, 100.8],
  [104, 102.2],
  [105, 103.8],
];
const flag: readonly Five[] = [...pole, [104.4, 103.8], [104.3, 103.6]];

table(bullFlag, [
  ['a close above the flag', flag, 104.5, true],
  ['a close at its high', flag, 104.4, false],
  ['one ATR above it', flag, 105.4, true],
  ['more than one', flag, 105.41, false],
  ['the last bar may be the one that broke out', [...flag, [104.9, 104.2]], 104.8, true],
  ['a flag of one bar', flag.slice(0, 5), 104.5, false],
  ['of five and the one that broke out', [...flag, ...times(3, [104.3, 103.7]), [104.8, 104.2]], 104.7, true],
  ['of seven', [...flag, ...times(5, [104.3, 103.7])], 104.5, false],
  ['a pole of three ATRs', flag, 104.5, true, 1.6666],
  ['of less', flag, 104.5, false, 1.6667],
  ['a flag that gives back half', but(flag, { 5: [104.3, 102.5] }), 104.5, true],
  ['more than half', but(flag, { 5: [104.3, 102.49] }), 104.5, false],
  ['a tenth', [...pole, [104.7, 104.5], [104.6, 104.5]], 104.8, true],
  ['less than a tenth', [...pole, [104.7, 104.51], [104.6, 104.51]], 104.8, false],
  ['a high of the pole above its top', but(flag, { 1: [105.1, 100.8] }), 104.5, false],
  ['a foot six bars below', [[100.5, 100], ...times(4, [103, 102.9]), [105, 104], [104.4, 103.8], [104.3, 103.6]], 104.5, true],
  ['seven bars', [[100.5, 100], ...times(5, [103, 102.9]), [105, 104], [104.4, 103.8], [104.3, 103.6]], 104.5, false],
  ['the foot an hour ago', flag, 104.5, true, 1.5, { now: 630 }],
  ['longer ago', flag, 104.5, false, 1.5, { now: 635 }],
  ['no top left within the hour', flag, 104.5, false, 0.1, { now: 650 }],
]);

test('bull_flag: trigger, invalidation and what it gives back', () => {
  // 0.5 for the shape, 0.125 for half of the volume that counts in full, 0.25 × (1 − 1.40 / 5.00).
  expect(look(bullFlag, flag, 104.5)).toMatchObject({ trigger: e4(104.4), invalidation: e4(103.6), confidence: 0.5 + 0.125 + 0.25 * 0.72 });
});

/** A rise, rims at 100 with so many bars between them on a parabola down to 95.90, and a handle of two bars. */
function cup({
  inner = 9,
  left = 100,
  from = 97,
  way = (x: number): number => 1 - x * x,
  middle = 0,
  handle = [
    [99.6, 99.2],
    [99.5, 99],
  ] as readonly Five[],
} = {}): readonly Five[] {
  const trough = Array.from({ length: inner }, (_, i): Five => {
    const x = (2 * (i + 1)) / (inner + 1) - 1;
    const bent = x < middle ? (x - middle) / (1 + middle) : (x - middle) / (1 - middle);
    const at = 100 - 4 * way(bent);
    return [at + 0.1, at - 0.1];
  });
  return [[from + 0.8, from], [99, 98.5], [left, 99.5], ...trough, [100, 99.5], ...handle];
}
const V = (x: number): number => 1 - Math.abs(x);
/** So steep that no bar between the rims could be one. */
const bowl = (x: number): number => 1 - 0.1 * x * x;

table(cupAndHandle, [
  ['a close above the rim', cup(), 100.3, true],
  ['a close at the rim', cup(), 100, false],
  ['more than an ATR above', cup(), 101.01, false],
  ['three ATRs deep', cup(), 100.3, true, 1.3666],
  ['less deep', cup(), 100.3, false, 1.3667],
  ['seven bars from rim to rim', cup({ inner: 6 }), 100.3, true],
  ['six', cup({ inner: 5 }), 100.3, false],
  ['65 bars from rim to rim', cup({ inner: 64, way: bowl }), 100.3, true],
  ['66', cup({ inner: 65, way: bowl }), 100.3, false],
  ['a V is no cup', cup({ way: V }), 100.3, false],
  ['six of ten bars in the lower half', cup({ inner: 10, way: (x) => (Math.abs(x) < 0.5 ? 1 : 0.3) }), 100.3, true],
  ['seven of twelve', cup({ inner: 12, way: (x) => (x > -0.6 && x < 0.45 ? 1 : 0.3) }), 100.3, false],
  ['a bottom less than a fifth of the way from a rim', cup({ inner: 25, middle: -0.615 }), 100.3, false],
  ['a bottom beside a rim', cup({ inner: 19, middle: -0.7 }), 100.3, false],
  ['one a fifth of the way from it', cup({ inner: 19, middle: -0.6 }), 100.3, true],
  ['a left rim higher by a quarter of the depth', cup({ left: 101.025 }), 100.3, true],
  ['by more', cup({ left: 101.03 }), 100.3, false],
  ['a rise before it of half the depth', cup({ from: 97.95 }), 100.3, true],
  ['of less', cup({ from: 97.96 }), 100.3, false],
  ['a gap is a rise too', cup({ from: 97.96 }), 100.3, true, 1, { previousClose: e4(97) }],
  [
    'a handle that gives back half',
    cup({
      handle: [
        [99.6, 99.2],
        [99.5, 97.95],
      ],
    }),
    100.3,
    true,
  ],
  [
    'more than half',
    cup({
      handle: [
        [99.6, 99.2],
        [99.5, 97.94],
      ],
    }),
    100.3,
    false,
  ],
  [
    'a tenth',
    cup({
      handle: [
        [99.8, 99.59],
        [99.8, 99.59],
      ],
    }),
    100.3,
    true,
  ],
  [
    'less than a tenth',
    cup({
      handle: [
        [99.8, 99.6],
        [99.8, 99.6],
      ],
    }),
    100.3,
    false,
  ],
  ['no handle', cup({ handle: [] }), 100.3, false],
  ['a handle of one bar', cup({ handle: [[99.6, 99.2]] }), 100.3, false],
  ['of nine, one of which may be the break', cup({ handle: times(9, [99.6, 99.2]) }), 100.3, true],
  ['of ten', cup({ handle: times(10, [99.6, 99.2]) }), 100.3, false],
]);

/** A top of 100 that is met three times; the lows rise from 96.50 to 98.00. */
const triangle: readonly Five[] = [
  [100, 99],
  [98.5, 97],
  [98, 96.5],
  [99, 97.5],
  [100, 98.5],
  [99.2, 98.3],
  [98.9, 98],
  [99.5, 98.6],
  [99.9, 98.8],
];

/** So many bars with a touch at either end, and lows on a line between. */
const longTriangle = (bars: number): readonly Five[] =>
  Array.from({ length: bars }, (_, i): Five => {
    if (i === 0 || i === bars - 1) return [100, 99.5];
    const line = 96 + (2 * (i - 2)) / (bars - 5);
    return [99, i === 2 || i === bars - 3 ? line : line + 0.6];
  });

table(ascendingTriangle, [
  ['36 bars', longTriangle(36), 100.4, true],
  ['37 and the one that may be the break', [...longTriangle(37), [99.5, 99]], 100.4, false],
  ['touches three bars apart', but(triangle, { 3: [100, 97.5], 4: [99.5, 98.5], 8: [99.5, 98.8] }), 100.4, true],
  ['a close above the top', triangle, 100.4, true],
  ['a close at the top', triangle, 100, false],
  ['more than an ATR above', triangle, 101.01, false],
  ['eight bars', triangle.slice(0, 8), 100.4, true],
  ['seven', [...triangle.slice(0, 3), ...triangle.slice(4, 8)], 100.4, false],
  ['one touch only', but(triangle, { 4: [99.5, 98.5], 8: [99.5, 98.8] }), 100.4, false],
  ['a second touch 0.3 ATR below', but(triangle, { 4: [99.7, 98.5], 8: [99.5, 98.8] }), 100.4, true],
  ['farther below', but(triangle, { 4: [99.69, 98.5], 8: [99.5, 98.8] }), 100.4, false],
  ['touches side by side are one', but(triangle, { 1: [100, 97], 2: [100, 96.5], 4: [99, 98.5], 8: [99.5, 98.8] }), 100.4, false],
  ['lows that come two fifths of the way up', but(triangle, { 6: [98.9, 97.9] }), 100.4, true],
  ['less', but(triangle, { 6: [98.9, 97.89] }), 100.4, false],
  ['lows that fall', but(triangle, { 6: [98.9, 96.4] }), 100.4, false],
  ['1.5 ATR high', triangle, 100.4, true, 2.3333],
  ['less high', triangle, 100.4, false, 2.3334],
  ['a low a quarter of an ATR below the line', but(triangle, { 3: [99, 96.625] }), 100.4, true],
  ['farther below the line', but(triangle, { 3: [99, 96.62] }), 100.4, false],
]);

/** Four bars below 100 after a rise from 96.50. */
const pause: readonly Five[] = [
  [97.5, 96.5],
  [98.5, 97.3],
  [99.5, 98.2],
  [100, 99.2],
  [99.95, 99.1],
  [99.9, 99.2],
  [99.95, 99.3],
];

table(flatTop, [
  ['a close above the top', pause, 100.3, true],
  ['a close at the top', pause, 100, false],
  ['more than an ATR above', pause, 101.01, false],
  ['a pause of three bars', pause.slice(0, 6), 100.3, false],
  ['a rise of three ATRs', but(pause, { 0: [97.5, 97] }), 100.3, true],
  ['of less', but(pause, { 0: [97.5, 97.01] }), 100.3, false],
  ['a foot eight bars before', [...pause.slice(0, 1), ...times(7, [99.4, 98.6]), ...pause.slice(3)], 100.3, true],
  ['nine bars', [...pause.slice(0, 1), ...times(8, [99.4, 98.6]), ...pause.slice(3)], 100.3, false],
  ['a pause 1.25 ATR high', but(pause, { 4: [99.95, 98.75] }), 100.3, true],
  ['higher', but(pause, { 4: [99.95, 98.74] }), 100.3, false],
  ['three touches 0.2 ATR below', but(pause, { 4: [99.8, 99.1], 5: [99.8, 99.2], 6: [99.5, 99.3] }), 100.3, true],
  ['two touches', but(pause, { 4: [99.8, 99.1], 5: [99.79, 99.2], 6: [99.5, 99.3] }), 100.3, false],
  ['three of five touch', [...but(pause, { 6: [99.5, 99.3] }), [99.5, 99.3]], 100.3, true],
  [
    'three of five, the first, the third and the last',
    [...pause.slice(0, 4), [99.5, 99.1], [99.9, 99.2], [99.5, 99.1], [99.9, 99.3]],
    100.3,
    true,
  ],
  ['four of seven', [...pause.slice(0, 5), ...times(3, [99.5, 99.3]), ...times(2, [99.9, 99.3])], 100.3, false],
  ['three of six', [...but(pause, { 6: [99.5, 99.1] }), [99.25, 98.9], [99, 98.8], [98.9, 98.8]], 100.3, false],
]);

/** A at 96, B at 100, C at 97.60. */
const legs: readonly Five[] = [
  [96.5, 96],
  [98, 97],
  [99.5, 98.5],
  [100, 99],
  [99, 98.2],
  [98.2, 97.6],
  [99, 98],
];

table(abcd, [
  ['a close above B', legs, 100.3, true],
  ['a close at B', legs, 100, false],
  ['more than an ATR above', legs, 101.01, false],
  ['C at 38.2 %', but(legs, { 5: [99, 98.472], 4: [99.2, 98.6], 6: [99, 98.6] }), 100.3, true],
  ['less', but(legs, { 5: [99, 98.48], 4: [99.2, 98.6], 6: [99, 98.6] }), 100.3, false],
  ['C at 78.6 %', but(legs, { 5: [98.2, 96.856] }), 100.3, true],
  ['more', but(legs, { 5: [98.2, 96.85] }), 100.3, false],
  ['AB of three ATRs', legs, 100.3, true, 1.3333],
  ['of less', legs, 100.3, false, 1.3334],
  ['two bars since B', legs.slice(0, 6), 100.3, false],
  ['19 bars since B, one of which may be the break', [...legs, ...times(16, [99, 98.2])], 100.3, true],
  ['20 bars', [...legs, ...times(17, [99, 98.2])], 100.3, false],
  ['a high before B above it', [[100.1, 96], ...legs.slice(1)], 100.3, false],
  ['18 bars from A to B', [[96.5, 96], ...times(17, [99.5, 98.5]), ...legs.slice(3)], 100.3, true],
  ['19 bars', [[96.5, 96], ...times(18, [99.5, 98.5]), ...legs.slice(3)], 100.3, false],
]);

test('abcd: sure by a retracement near 61.8 % and legs that take alike', () => {
  // C gives back 60 %, A to B took three bars, B to the break four; the volume adds 0.125.
  const quality = (1 - 0.018 / 0.236 + 3 / 4) / 2;
  expect(look(abcd, legs, 100.3)).toMatchObject({
    trigger: e4(100),
    invalidation: e4(97.6),
    confidence: expect.closeTo(0.625 + 0.25 * quality, 9),
  });
});
