import { expect } from 'vitest';

/**
 * Holds what answers a list of steps with one answer each to this: cut at any step, the answers up to there are those of the
 * whole. `answers` is called anew for each cut and must begin from nothing; a failure names the first step that knew too much.
 */
export function expectNoLookAhead<Step, Answer>(
  what: string,
  steps: readonly Step[],
  answers: (steps: readonly Step[]) => readonly Answer[],
  cuts: readonly number[] = steps.map((_, i) => i + 1),
): void {
  const whole = answers(steps);
  expect(whole.length, `${what} gives an answer for each step`).toBe(steps.length);
  for (const cut of cuts) {
    const known = answers(steps.slice(0, cut));
    known.forEach((answer, i) => {
      expect(answer, `${what}: the answer at step ${i} is another one when the steps end with ${cut - 1}`).toStrictEqual(whole[i]);
    });
  }
}
