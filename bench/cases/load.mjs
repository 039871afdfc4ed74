import { usCalendar } from '../../dist/domain/market/calendar.js';
import { frameOf } from '../../dist/engine/frames.js';
import { openBarSource } from '../../dist/main/bars/open-bar-source.js';
import { calibrate } from '../calibration.mjs';
import { must, options, report, timed } from '../case.mjs';

async function loadFrames() {
  const { source } = must(await openBarSource({ path: options.store, barLabel: 'start' }));
  let bars = 0;
  for (const date of source.sessions) {
    const loaded = await source.load(date);
    const session = must(usCalendar.session(date));
    for (let row = 0; row < loaded.minutes.length; row++) bars += frameOf(loaded, session, row).present;
  }
  await source.close();
  return bars;
}

const calibration = calibrate();
const { value: bars, seconds } = await timed(loadFrames);
report({ figures: { bars: bars / seconds }, calibration });
