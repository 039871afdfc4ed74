import { decodeEntries, verifyJournal } from '../../dist/engine/journal/reader.js';
import { replayJournal } from '../../dist/main/commands/replay.js';
import { calibrate } from '../calibration.mjs';
import { must, options, report, timed } from '../case.mjs';

function barsIn(directory) {
  let bars = 0;
  for (const { event } of decodeEntries(directory, { kinds: ['bars_closed'] })) bars += event.frame.present;
  return bars;
}

const bars = barsIn(options.journal);
const calibration = calibrate();
const verified = await timed(() => must(verifyJournal(options.journal)));
const replayed = await timed(() => replayJournal(options.journal));
report({ figures: { verify: bars / verified.seconds, replay: bars / replayed.seconds }, calibration, proof: replayed.value.stateHash });
