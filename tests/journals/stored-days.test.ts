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
  head: 'db84b33cf7a8277210a32f0a2e57bf84133e3e14790745576ae9c26440b71958',
  sessions: [
    '2025-03-03 0 trades 0.0000 556d1aa794aff182',
    '2025-03-04 0 trades 0.0000 cb5ccc8ea8deee6e',
    '2025-03-05 0 trades 0.0000 1ceec1b5889ef8e8',
    '2025-03-06 0 trades 0.0000 9dcd9d8decef42e9',
    '2025-03-07 0 trades 0.0000 e0a84c7b6ff492f4',
    '2025-03-10 3 trades -70.9400 c756706ed03a7f79',
    '2025-03-11 1 trades -170.7100 fea616906e3ab203',
    '2025-03-12 0 trades 0.0000 9b8fa0fa37f0e255',
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
