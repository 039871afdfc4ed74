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
  head: 'b6bd1ee91d6b4e6dcef92406757cf4dd1e52a096b7e2989e7c8534b344f2d6cc',
  sessions: [
    '2025-03-03 0 trades 0.0000 82b3df510a8e33c7',
    '2025-03-04 0 trades 0.0000 ea835c0f68a58d29',
    '2025-03-05 0 trades 0.0000 b68a96b337712298',
    '2025-03-06 0 trades 0.0000 1e3343ba85f05e93',
    '2025-03-07 0 trades 0.0000 1ca002e7c25c62f7',
    '2025-03-10 4 trades 525.9400 eab6b2f3414b0537',
    '2025-03-11 5 trades 10.2400 1fc728537d397734',
    '2025-03-12 1 trades -308.0900 bb00f3e3ac3cc33b',
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
