import { calibrate } from '../calibration.mjs';
import { report } from '../case.mjs';
import { catalyst } from '../command.mjs';
import { dailyBars } from '../reference.mjs';

const calibration = calibrate();
const range = ['--from', '2016-10-17', '--to', '2016-12-23'];
const { seconds, lines } = await catalyst(['scan', '--data', dailyBars, ...range, '--json']);
if (lines.length !== 49) throw new Error(`${lines.length} days instead of 49`);
report({ figures: { seconds }, calibration });
