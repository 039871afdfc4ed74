import { calibrate } from '../calibration.mjs';
import { peakRss, report } from '../case.mjs';
import { simulated } from '../markets.mjs';
import { runPipeline } from '../pipeline.mjs';

const calibration = calibrate();
const { bars, seconds, waited, stateHash } = await runPipeline(simulated({ symbols: 500, sessions: 252, reuseGrids: true }));
report({ figures: { memory: peakRss(), bars: bars / (seconds - waited), whole: bars / seconds }, calibration, proof: stateHash });
