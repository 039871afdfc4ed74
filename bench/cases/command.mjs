import { calibrate } from '../calibration.mjs';
import { options, report } from '../case.mjs';
import { catalyst } from '../command.mjs';
import { recordedBars } from '../reference.mjs';

const data = options.data === 'store' ? options.store : recordedBars;
const calibration = calibrate();
const range = ['--from', '2018-02-16', '--to', '2018-03-29'];
const { seconds, lines } = await catalyst(['day', '--data', data, ...range, '--journal', options.scratch, '--json']);
const { summary } = JSON.parse(lines.at(-1));
report({ figures: { seconds, memory: summary.peakRssBytes }, calibration, proof: JSON.parse(lines.at(-2)).stateHash });
