import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { formatE4 } from '#domain/values/decimal';
import { recording } from '#engine/journal/recorder';
import { emptyDirectory, must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { runSimulation, sessionsFrom } from '../simulation/simulated-house.js';

/**
 * What a deliberate change of behaviour, of the journal's format or of the made-up market changes here, in the same commit
 * and with its reason. Anything else that changes it is a bug.
 */
const stored = {
  head: '00c7f3c659424351549280ce01d76c38673f21fc0da2d207873617c878ff9dc0',
  sessions: [
    '2025-03-03 0 trades 0.0000 b1893cadeddd2d41',
    '2025-03-04 0 trades 0.0000 40bbddf1713d6d13',
    '2025-03-05 0 trades 0.0000 2cd6df3b5b9536f4',
    '2025-03-06 0 trades 0.0000 fd5a7ef29515b942',
    '2025-03-07 0 trades 0.0000 18622ead57be4783',
    '2025-03-10 4 trades 525.9400 f5c7128d7dddeb01',
    '2025-03-11 5 trades 10.2400 fbd156c28e104a55',
    '2025-03-12 1 trades -308.0900 9a94b564f5d5e86b',
  ],
};

test('made-up days are what they were when they were stored', async () => {
  const recorder = recording(must(JournalWriter.open(emptyDirectory())));
  const sessions = sessionsFrom('2025-03-03', 8);
  const ran = await runSimulation({ seed: 3, symbols: 150, sessions, history: 5, settings: defaultSettings, recorder, momentum: 3 });
  const told = ran.map(({ report, hash }) => `${report.date} ${report.trades.length} trades ${formatE4(report.pnl)} ${hash.slice(0, 16)}`);
  expect({ head: recorder.headHash(), sessions: told }).toEqual(stored);
  recorder.close();
});
