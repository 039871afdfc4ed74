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
  head: '4ecc2070871f0e106ad8efb26eaff47a9264862a64f57c900c208c56824c3a65',
  sessions: [
    '2025-03-03 0 trades 0.0000 6eafae4ef7941bbc',
    '2025-03-04 0 trades 0.0000 ff6fe00147d8b21b',
    '2025-03-05 0 trades 0.0000 7dd9f27e76cadab0',
    '2025-03-06 0 trades 0.0000 6617d1b2a08c4a89',
    '2025-03-07 0 trades 0.0000 1e37efc86782f77c',
    '2025-03-10 4 trades 525.9400 d05619d95b570b72',
    '2025-03-11 5 trades 10.2400 19700be1db73a064',
    '2025-03-12 1 trades -308.0900 372737cd16854edd',
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
