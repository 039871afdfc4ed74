import { calibrate } from '../calibration.mjs';
import { options, report } from '../case.mjs';
import { inMemory, recorded, simulated } from '../markets.mjs';
import { runPipeline } from '../pipeline.mjs';

const market = await inMemory(options.market === 'recorded' ? await recorded() : simulated({ symbols: 500, sessions: 20 }));
const calibration = calibrate();
const { bars, seconds, stateHash } = await runPipeline(market, { journal: options.journal, directory: options.scratch });
report({ figures: { bars: bars / seconds }, calibration, proof: stateHash });
