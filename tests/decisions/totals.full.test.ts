import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalyst } from '../journeys/catalyst.js';
import { newFolder } from '../journeys/made-data.js';
import { hasReference, reference } from '../reference-data.js';
import { reconciled } from './reconciled.js';

const data = reference('data/restricted/us_equity/minute_284sym_2018');
const news = reference('data/open/news/reuters_headlines_daily.csv.gz');
/** Accepts most, declines some, lets some pass, answers late, twice and to other terms, and holds on where the rules would not. */
const script = {
  rules: [
    { when: { subject: 'entry', nth: 3 }, answer: 'silence' },
    { when: { subject: 'entry', nth: 4 }, answer: 'enter', afterSeconds: 301 },
    { when: { subject: 'entry', nth: 5 }, answer: 'enter', repeat: 1 },
    { when: { subject: 'entry', nth: 6 }, answer: 'enter', tamper: true },
    { when: { subject: 'entry', pattern: 'bull_flag' }, answer: 'decline', because: 'not today', code: 'price_action' },
    { when: { subject: 'entry' }, answer: 'recommended', afterSeconds: 240 },
    { when: { subject: 'loss_warning' }, answer: 'close_losers', because: 'enough', code: 'risk_too_high' },
    { when: { subject: 'time_stop' }, answer: 'keep', because: 'it works', code: 'conviction' },
  ],
};

test.skipIf(!hasReference).each(['supervised', 'aggressive'])(
  'on 29 real sessions (needs the reference data) the roads that were traded made what the fills did, to the ten-thousandth: %s',
  (mode) => {
    const folder = newFolder('totals');
    const journal = join(folder, 'journal');
    const operator = join(folder, 'operator.json');
    writeFileSync(operator, JSON.stringify(script));
    const range = ['--from', '2018-02-16', '--to', '2018-03-29', '--journal', journal];
    const asked = mode === 'supervised' ? ['--operator', operator] : [];
    const { code, err } = catalyst(['day', '--data', data, '--news', news, ...range, '--mode', mode, ...asked]);
    expect(code, err).toBe(0);
    const { decided, filled, trades } = reconciled(journal);
    expect(decided).toBe(filled);
    expect(trades).toBeGreaterThan(10);
  },
);
