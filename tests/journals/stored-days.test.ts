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
  head: '4002dd24450b72ca4c1057197dc84d92ad0c8178760db60d09d0177651701128',
  sessions: [
    '2025-03-03 0 trades 0.0000 49f33e8a82a32335',
    '2025-03-04 0 trades 0.0000 55fcef859ad1ee04',
    '2025-03-05 0 trades 0.0000 55aed40fa2b84352',
    '2025-03-06 0 trades 0.0000 d15a9dc1672eecd4',
    '2025-03-07 0 trades 0.0000 e0d36be44db17cb9',
    '2025-03-10 4 trades 525.9400 e4df7177a3a547a2',
    '2025-03-11 5 trades 10.2400 fe17997a8046e31a',
    '2025-03-12 1 trades -308.0900 78dffc43afa43cb8',
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
