import { expect, test } from 'vitest';
import type { FaultKind } from '#tests/simulation/days/fault';
import { rates } from '#tests/simulation/days/fault';
import { first, runs } from '#tests/simulation/days/many-runs';

test(`no invariant is broken on 90 usual days (CATALYST_SEED=${first})`, async () => {
  const { seen, broken } = await runs('usual', 30);
  expect(broken).toEqual([]);
  const kinds = (Object.keys(rates) as FaultKind[]).filter((kind) => rates[kind] >= 0.1).map((kind) => `fault: ${kind}`);
  expect(
    seen.missing([...kinds, 'killed', 'order_filled', 'order_unknown', 'rejected: not_accepted', 'cover_missing', 'name_quarantined']),
  ).toEqual([]);
});
