import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, winsNeeded } from '#domain/statistics/distributions/binomial';
import { betaQuantile, incompleteBeta } from '#domain/statistics/distributions/incomplete-beta';
import { logGamma } from '#domain/statistics/distributions/log-gamma';
import { normalCdf, normalQuantile } from '#domain/statistics/distributions/normal-distribution';
import { studentCdf, studentQuantile } from '#domain/statistics/distributions/student';

/** How far a value is off, as a share of what it should be. */
const off = (found: number, wanted: number): number => Math.abs(found - wanted) / Math.abs(wanted);

// As many digits as a float holds, of mpmath 1.3.0 at 60 digits, unless said otherwise.
test.each([
  [-38, 2.88542835e-316, 1e-7],
  [-12.5, 3.732564298877713e-36],
  [-8, 6.220960574271784e-16],
  [-5, 2.866515718791939e-7],
  [-3.2, 0.0006871379379158485],
  [-2, 0.02275013194817921],
  [-1.999, 0.02280417693265889],
  [-1.5, 0.06680720126885806],
  [-1.49999, 0.06680849645452858],
  [-1, 0.15865525393145705],
  [-0.3, 0.3820885778110474],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
  [4, 0.9999683287581669],
])('the normal distribution holds its share below %d', (z, share, error = 1e-14) => {
  expect(off(normalCdf(z), share)).toBeLessThan(error);
});

test.each([
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798407],
  [1e-6, -4.753424308822899],
  [0.001, -3.0902323061678136],
  [0.025, -1.9599639845400543],
  [0.3, -0.5244005127080408],
  [0.499, -0.002506630899571764, 1e-12],
  [0.75, 0.6744897501960817],
])('the normal quantile of %d', (p, z, error = 1e-14) => {
  expect(off(normalQuantile(p), z)).toBeLessThan(error);
});

test('the middle of the normal distribution is zero, and nothing lies beyond its ends', () => {
  expect([normalCdf(0), normalQuantile(0.5), normalCdf(-50), normalCdf(50)]).toEqual([0.5, expect.closeTo(0, 15), 0, 1]);
  expect(() => normalQuantile(0)).toThrow('between 0 and 1');
  expect(() => normalQuantile(Number.NaN)).toThrow('between 0 and 1');
});

test.each([
  [0.00001, 11.512919692895826],
  [0.5, 0.5723649429247001],
  [1.5, -0.12078223763524522],
  [3.7, 1.4280723266653879],
  [15.9, 27.625493215168692],
  [16, 27.89927138384089],
  [100, 359.1342053695754],
  [12345.678, 103959.91990554606],
])('the logarithm of gamma of %d', (x, value) => {
  expect(off(logGamma(x), value)).toBeLessThan(5e-14);
});

test.each([
  [0.1, 0.5, 0.5, 0.20483276469913345],
  [0.5, 2, 3, 0.6875],
  [0.9, 8, 0.5, 0.20109593400376513],
  [0.01, 10, 200, 5.807789831248461e-5],
  [0.999, 5000, 2, 0.04032667175919371],
  [1e-8, 0.5, 30, 0.0006154689785560817],
  [0.588, 294, 207, 0.5191756924120525],
  [0.5, 100_000, 100_000, 0.5],
])('the incomplete beta function at %d with %d and %d', (x, a, b, share) => {
  expect(off(incompleteBeta(x, { a, b }), share)).toBeLessThan(1e-13);
  expect(off(betaQuantile(share, { a, b }), x)).toBeLessThan(1e-12);
});

test('a beta quantile is turned back by the function, and the ends are the ends', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
      fc.double({ min: 0.5, max: 2000, noNaN: true }),
      fc.double({ min: 0.5, max: 2000, noNaN: true }),
      (p, a, b) => {
        const x = betaQuantile(p, { a, b });
        // Where the quantile touches 1 the nearest float is all that can be had.
        if (x < 1 - 1e-9) expect(incompleteBeta(x, { a, b })).toBeCloseTo(p, 9);
      },
    ),
  );
  expect([betaQuantile(0, { a: 2, b: 3 }), betaQuantile(1, { a: 2, b: 3 })]).toEqual([0, 1]);
  expect([incompleteBeta(0, { a: 2, b: 3 }), incompleteBeta(1, { a: 2, b: 3 })]).toEqual([0, 1]);
});

test.each([
  [-1, 1, 0.25],
  [-12.7, 1, 0.02501216384467208],
  [-2, 10, 0.03669401738537018],
  [1.5, 4, 0.896],
  [-0.001, 1_000_000, 0.49960105788582454],
  [-3, 499, 0.0014173826179085657],
  [-40, 3, 1.7190340394579263e-5],
])("Student's t holds its share below %d with %d degrees of freedom", (t, freedom, share) => {
  expect(off(studentCdf(t, freedom), share)).toBeLessThan(1e-13);
});

// That of 0.001 with 5 is scipy 1.17.1's.
test.each([
  [0.025, 1, -12.706204736174705],
  [0.025, 2, -4.302652729749464],
  [0.05, 499, -1.6479129840597129],
  [0.025, 12, -2.178812829667229],
  [0.001, 5, -5.893429531356009],
  [0.4, 7, -0.26316686135202283],
  [0.025, 1_000_000, -1.959966356814107],
  [1e-8, 3, -479.5250695797383],
])("the quantile of %d of Student's t with %d degrees of freedom", (p, freedom, t) => {
  expect(off(studentQuantile(p, freedom), t)).toBeLessThan(1e-12);
  expect(off(studentQuantile(1 - p, freedom), -t)).toBeLessThan(1e-7);
});

test("the middle of Student's t is zero", () => {
  expect([studentCdf(0, 3), studentQuantile(0.5, 3)]).toEqual([0.5, expect.closeTo(0, 15)]);
});

test.each([
  [2809, 5000, 0.55, 0.04807086126868525],
  [294, 500, 0.55, 0.0478375803599073],
  [900, 1000, 0.5, 6.701717790006296e-162],
])('D2: at least %d of %d at %d, summed exactly', (won, count, rate, tail) => {
  expect(off(atLeast(won, count, rate), tail)).toBeLessThan(1e-12);
});

test.each([
  ['D2.3', 294, 500, 0.55, 0.0478375804],
  ['D2.3', 293, 500, 0.55, 0.0575412584],
  ['D2.12', 8, 10, 0.5, 0.0546875],
  ['D2.12', 9, 11, 0.5, 0.0327148438],
  ['D2.12', 9, 11, 0.55, 0.0652235042],
])('%s: at least %d of %d at %d', (_, won, count, rate, tail) => {
  expect(off(atLeast(won, count, rate), tail)).toBeLessThan(1e-6);
});

test.each([
  ['D2.1', 100, 0.55, 64],
  ['D2.1', 250, 0.55, 151],
  ['D2.1', 500, 0.55, 294],
  ['D2.1', 1000, 0.55, 577],
  ['D2.1', 2000, 0.55, 1138],
  ['D2.1', 5000, 0.55, 2809],
  ['D2.2', 500, 0.5, 269],
  ['D2.2', 500, 0.6, 319],
  ['D2.2', 500, 0.7, 368],
  ['D2.2', 500, 0.8, 416],
])('%s: of %d trades it takes more than %d of them to win, %d', (_, count, rate, wins) => {
  expect(winsNeeded(count, rate, 0.05)).toBe(wins);
});

test('what is certain, what cannot be, and too few trades to show anything', () => {
  expect([atLeast(0, 10, 0.5), atLeast(11, 10, 0.5), atLeast(10, 10, 1), atLeast(1, 10, 0)]).toEqual([1, 0, 1, 0]);
  expect(winsNeeded(4, 0.5, 0.05)).toBeNull();
  expect(winsNeeded(5, 0.5, 0.05)).toBe(5);
});
