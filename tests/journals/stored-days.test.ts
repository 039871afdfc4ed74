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
  head: '7155e68440aa2aef8d840fce7b6277227086079a2fc62e09f05b94ac6323c645',
  sessions: [
    '2025-03-03 0 trades 0.0000 e114fa18cb30dfb3',
    '2025-03-04 0 trades 0.0000 826ec31d36dbcddb',
    '2025-03-05 0 trades 0.0000 d5a2248fd37414eb',
    '2025-03-06 0 trades 0.0000 cd42f9a850c0ac56',
    '2025-03-07 0 trades 0.0000 86fc460a5b46726b',
    '2025-03-10 4 trades 596.1500 18579a856dd1a240',
    '2025-03-11 5 trades -230.7800 40048880e3cfd04c',
    '2025-03-12 1 trades -306.5900 b178f72937991ecd',
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
