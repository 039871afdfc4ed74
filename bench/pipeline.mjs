import { defaultSettings } from '../dist/domain/settings.js';
import { recording, unrecorded } from '../dist/engine/journal/recorder.js';
import { JournalWriter } from '../dist/engine/journal/writer.js';
import { runDays } from '../dist/main/day/run-day.js';
import { SymbolTable } from '../dist/main/day/symbol-table.js';
import { must } from './case.mjs';

/** `none`, `grouped` or `strict`, which syncs after every minute. */
const recorderOf = (journal, directory) => (journal === 'none' ? unrecorded() : recording(must(JournalWriter.open(directory))));

/**
 * Runs a market through the house: levels, scans, risk, exchange, and the hash of the state after each session.
 * `seconds` is all of it up to the closed journal; `waited` is the part that went into getting bars.
 */
export async function runPipeline(market, { journal = 'none', directory } = {}) {
  const recorder = recorderOf(journal, directory);
  const durability = journal === 'strict' ? 'each_frame' : 'grouped';
  const run = { ...market, settings: defaultSettings, recorder, durability, symbols: new SymbolTable() };
  let bars = 0;
  let waited = 0;
  let stateHash = null;
  const began = performance.now();
  for await (const session of runDays(run)) {
    bars += session.report.bars;
    waited += session.waited;
    stateHash = session.stateHash;
  }
  recorder.close();
  return { bars, seconds: (performance.now() - began) / 1000, waited, stateHash };
}
