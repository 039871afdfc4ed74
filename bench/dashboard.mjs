// What a dashboard asks of the record, as the dashboard's role over one connection: p50 and p99 of each question and of all.
//
//     node bench/dashboard.mjs <address of a database> <journal in it> [times, 200]
//
// The record is that of a year (`bench/year-journal.mjs`, then `catalyst db project`); sessions and names vary from one time to the next.
import { newPool } from '../dist/adapters/postgres/client.js';

const [url, name, times = '200'] = process.argv.slice(2);
const pool = newPool(url, { max: 1, name: 'catalyst bench' });
const ask = async (text, values = []) => (await pool.query(text, values)).rows;
const [journal] = await ask('select journal_id as id, market_id from catalyst.journals where name = $1', [name]);
if (journal === undefined) throw new Error(`the record holds no journal ${name}`);
const sessions = await ask(
  `select u.session_id as id, x.opens_at as opens, x.closes_at as closes from catalyst.session_runs u
   join catalyst.sessions x using (session_id) where u.journal_id = $1 order by u.sequence`,
  [journal.id],
);
const names = await ask('select distinct security_id as id from catalyst.positions where journal_id = $1', [journal.id]);
await ask('set role catalyst_dashboard');

const of = (view, where = '', rest = '') => `select * from catalyst.${view} where journal_id = $1 ${where} ${rest}`;
const session = (place) => sessions[(place * 37) % sessions.length];
const moment = (ms) => new Date(ms).toISOString();
const questions = {
  open_positions: () => [of('open_positions')],
  'order_status of a session': (place) => {
    const { opens, closes } = session(place);
    return [of('order_status', 'and recorded_at between $2 and $3'), moment(opens), moment(closes)];
  },
  equity_curve: () => [of('equity_curve', '', 'order by session_date')],
  daily_results: () => [of('daily_results', '', 'order by session_date')],
  results_by_pattern: () => [of('results_by_pattern')],
  results_by_catalyst: () => [of('results_by_catalyst')],
  results_by_hour: () => [of('results_by_hour')],
  latest_scan: () => [of('latest_scan')],
  'funnel of a session': (place) => [of('funnel', 'and session_id = $2'), session(place).id],
  risk_log: () => [of('risk_log', '', 'order by sequence desc limit 200')],
  'trades, last 50': () => [of('trades', '', 'order by sequence desc limit 50')],
  'decision_logs, last 100 ways': () => [of('decision_logs', '', 'order by sequence desc limit 100')],
  'decision_logs of an hour': (place) => {
    const { opens } = session(place);
    return [
      of('decision_logs', 'and recorded_at >= $2 and recorded_at < $3', 'order by sequence'),
      moment(opens),
      moment(opens + 3_600_000),
    ];
  },
  'decision_logs of a name and session': (place) => [
    of('decision_logs', 'and security_id = $2 and recorded_at between $3 and $4', 'order by sequence'),
    names[place % names.length].id,
    moment(session(place).opens),
    moment(session(place).closes),
  ],
  open_questions: () => [of('open_questions')],
  'refusals_by_reason of a session': (place) => [of('refusals_by_reason', 'and session_id = $2'), session(place).id],
  projection_positions: () => [
    'select * from catalyst.projection_positions where journal = (select name from catalyst.journals where journal_id = $1)',
  ],
  'rejections_by_reason of a session': (place) => [of('rejections_by_reason', 'and session_id = $2'), session(place).id],
  'news_by_security of a name': (place) => [
    of('news_by_security', 'and security_id = $2', 'order by known_at desc limit 50'),
    names[place % names.length].id,
  ],
};

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
const line = (title, some) => {
  const sorted = some.toSorted((one, other) => one - other);
  console.log(`| ${title} | ${at(sorted, 0.5).toFixed(1)} | ${at(sorted, 0.99).toFixed(1)} |`);
};
const all = [];
console.log('| question | p50 ms | p99 ms |\n| --- | ---: | ---: |');
for (const [title, question] of Object.entries(questions)) {
  const taken = [];
  for (let place = 0; place < Number(times); place++) {
    const [text, ...values] = question(place);
    const began = performance.now();
    await ask(text, [journal.id, ...values]);
    taken.push(performance.now() - began);
  }
  all.push(...taken);
  line(title, taken);
}
line('all', all);
await pool.end();
