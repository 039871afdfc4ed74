import { expect, test } from 'vitest';
import { usCalendar } from '#domain/market/calendar';
import { defaultSettings } from '#domain/settings';
import { fail } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import { unrecorded } from '#engine/journal/recorder';
import { noNews } from '#main/day/news-feed';
import { NewsFailed } from '#main/day/news-problem';
import { runDays } from '#main/day/run-day';
import { SymbolTable } from '#main/day/symbol-table';
import { simulatedMarket } from '#simulation/market/simulated-market';

test('headlines that cannot be read back end the run with their problem', async () => {
  const found = usCalendar.session('2018-03-12' as SessionDate);
  if (!found.ok) throw new Error('no session');
  const session = found.value;
  const problem = { kind: 'unusable_scratch', folder: '/tmp', code: 'EIO' } as const;
  const run = runDays({
    source: simulatedMarket({ seed: 1, symbols: 2, sessions: [session.date], clock: () => session }),
    sourceKind: 'simulated_market',
    sessions: [{ session, history: false }],
    settings: defaultSettings,
    recorder: unrecorded(),
    durability: 'grouped',
    news: { ...noNews, headlinesOf: () => fail(problem) },
    symbols: new SymbolTable(),
  });
  await expect(run.next()).rejects.toEqual(new NewsFailed(problem));
});
