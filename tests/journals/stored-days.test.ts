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
  head: 'a7441b820bb3ec1fd471e5c1ca8d76f1372ce923f40b8f776444e228b9e676e4',
  sessions: [
    '2025-03-03 0 trades 0.0000 8c94b8b3b6d09abe',
    '2025-03-04 0 trades 0.0000 e4ce116e16e167a5',
    '2025-03-05 0 trades 0.0000 48cf08b31a48c3d5',
    '2025-03-06 0 trades 0.0000 d4ce5c98287ef115',
    '2025-03-07 0 trades 0.0000 c8d8b029a1fe4646',
    '2025-03-10 3 trades -70.9400 5f95995ec02a085b',
    '2025-03-11 1 trades -170.7100 5a47343b186a8655',
    '2025-03-12 0 trades 0.0000 097c4eae698cf8ac',
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
