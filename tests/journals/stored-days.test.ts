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
  head: '5400f564b1a832429284a6098693214879f1f7426e975ea9382aea296de1ffb0',
  sessions: [
    '2025-03-03 0 trades 0.0000 f2d16a0f0d82ee98',
    '2025-03-04 0 trades 0.0000 3fdf3530dee2766e',
    '2025-03-05 0 trades 0.0000 b59699f5dabfbe28',
    '2025-03-06 0 trades 0.0000 198a955daeb16c96',
    '2025-03-07 0 trades 0.0000 da62c46bab2c6e61',
    '2025-03-10 4 trades 525.9400 9a8e525a53d64622',
    '2025-03-11 5 trades 10.2400 7336ad70880c6f4e',
    '2025-03-12 1 trades -308.0900 99f212126bbccd49',
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
