import { expect, test } from 'vitest';
import { DAYS_A_RUN, first, runs } from '#tests/simulation/days/many-runs';
import { live } from '#tests/simulation/days/outcome';
import { scenarioOf } from '#tests/simulation/days/scenario';
import { defences } from '#tests/simulation/days/taken-out';

test(`no invariant is broken on 60 days on which ten times as much goes wrong (CATALYST_SEED=${first})`, async () => {
  const { broken } = await runs('tenfold', 20);
  expect(broken).toEqual([]);
});

/** Of more than 5,500 days these four broke one: an asset that nobody may sell, an exit behind another, a halt in the same turn, a chain of stops. */
const usual = [100_429, 100_840, 101_630, 101_841].map((seed) => ['usual', seed] as const);
/**
 * A halt whose end nobody told, an account that refused an exit for hours, a fill of a working entry that a mute line kept back;
 * a trade that was taken back while an order of its name was in doubt, an exit that was refused on a mute line after one that got
 * lost, and shares that were sold twice around a restart; stops that filled while the process was away, under the name of one before,
 * at the second try, beside another that had filled, and after it had passed from one of ours to another;
 * both legs of a bracket on a mute line, just after a reading; and an exit that waited on when the account was free again.
 */
const tenfold = [8_006, 8_010, 8_038, 220_003, 220_096, 220_099, 230_046, 230_132, 230_147, 240_045, 250_108, 270_217].map(
  (seed) => ['tenfold', seed] as const,
);

test.each([...usual, ...tenfold])('the %s days of seed %i, which once broke an invariant, break none', async (profile, seed) => {
  const { broken } = await live(scenarioOf(seed, { days: DAYS_A_RUN, profile }));
  expect(broken).toBeNull();
});

/** Days within which the loss of a defence has to show. */
const NOTICED_WITHIN = 30;

/** What meets these four is too rare on such days: each has a day of its own (defences.test.ts). */
const onDaysOfTheirOwn: readonly string[] = ['fencing', 'quarantine', 'settle_window', 'cancel_again'];

test.each(defences.filter((each) => !onDaysOfTheirOwn.includes(each)))('without %s an invariant is broken', async (takenOut) => {
  for (let seed = 1; seed <= NOTICED_WITHIN / DAYS_A_RUN; seed++) {
    const { broken } = await live(scenarioOf(seed, { days: DAYS_A_RUN, profile: 'tenfold' }), { takenOut });
    if (broken !== null) return expect(broken.invariant).toMatch(/^(I\d+|bug)$/);
  }
  expect.unreachable(`${takenOut} is not missed in ${NOTICED_WITHIN} days`);
});
