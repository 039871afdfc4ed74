import { join } from 'node:path';
import { importBars } from '../../dist/main/bars/import-bars.js';
import { calibrate } from '../calibration.mjs';
import { must, options, peakRss, report, timed } from '../case.mjs';
import { recordedBars } from '../reference.mjs';

const calibration = calibrate();
const request = { inputs: [recordedBars], store: join(options.scratch, 'store'), barLabel: 'start', replace: false };
const { value, seconds } = await timed(() => importBars(request));
report({ figures: { seconds, rows: must(value).rowsRead / seconds, memory: peakRss() }, calibration });
