import { calibrate } from '../calibration.mjs';
import { options, report } from '../case.mjs';
import { catalyst } from '../command.mjs';

const calibration = calibrate();
const { firstLine, seconds } = await catalyst(['start', '--speed', 'max', '--journal', options.scratch]);
report({ figures: { firstLine, seconds }, calibration });
