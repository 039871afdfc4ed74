import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { LagGuard } from '#main/paper/lag-guard';

/** A guard, and what the house has been told. */
function guarded() {
  const told: string[] = [];
  const state = { longest: 0, ms: 0 };
  const guard = new LagGuard({
    doubter: { doubt: (why) => void told.push(why), trust: () => void told.push('trusted') },
    watch: {
      begin: () => {},
      takeLongest: () => {
        const { longest } = state;
        state.longest = 0;
        return longest;
      },
    },
    failed: () => {},
    say: () => {},
    machine: () => state.ms,
  });
  const look = (ms: number, longest: number): readonly string[] => {
    state.ms = ms;
    state.longest = longest;
    guard.look(instant(1));
    return told.splice(0);
  };
  return look;
}

test('G2: a second is kept up with, and more shuts entries', () => {
  const look = guarded();
  expect([look(0, 0), look(1, 1_000), look(2, 1_100)]).toEqual([[], [], ['the process stood still for 1100 ms']]);
});

test('G2: entries are trusted again once, after thirty seconds without lag', () => {
  const look = guarded();
  look(0, 2_000);
  expect([look(29_999, 900), look(30_000, 0), look(60_000, 0)]).toEqual([[], ['trusted'], []]);
});

test('G2: lag within the thirty seconds begins them anew', () => {
  const look = guarded();
  look(0, 2_000);
  look(20_000, 3_000);
  expect([look(30_000, 0), look(49_999, 0), look(50_000, 0)]).toEqual([[], [], ['trusted']]);
});
