import { expect, test } from 'vitest';
import type { HaltReason } from '#domain/risk/stop-level';
import { cash } from '#domain/values/cash';
import type { SessionDate } from '#domain/values/session-date';
import { reporting } from '#production/reporting/reporting';
import { Alone, opened } from '../../../tests/one-service.js';

const stopped = (reason: HaltReason) => ({ kind: 'halt_ordered', reason, level: 'flatten', pnl: cash(0), limit: cash(0) }) as const;
const cleared = { kind: 'stop_cleared', by: 'ada', because: 'looked at' } as const;

/** Of a Monday with a stop, the Tuesday after it, and the Monday of the next week: which say that a stop was in force. */
function saidOf(reason: HaltReason, tuesday: 'cleared' | 'left'): readonly boolean[] {
  const alone = new Alone(reporting());
  const said: boolean[] = [];
  for (const date of ['2018-03-12', '2018-03-13', '2018-03-19']) {
    alone.sees({ ...opened(1), date: date as SessionDate });
    if (date === '2018-03-12') alone.sees(stopped(reason));
    if (date === '2018-03-13' && tuesday === 'cleared') alone.sees(cleared);
    said.push(alone.service.report()?.halted === true);
  }
  return said;
}

test.each<readonly [reason: HaltReason, tuesday: 'cleared' | 'left', said: readonly boolean[]]>([
  ['daily_loss', 'left', [true, false, false]],
  ['weekly_loss', 'left', [true, true, false]],
  ['drawdown', 'left', [true, true, true]],
  ['requested', 'cleared', [true, true, false]],
])('a session says that a stop was in force, whenever it began: %s, %s', (reason, tuesday, said) => {
  expect(saidOf(reason, tuesday)).toEqual(said);
});
