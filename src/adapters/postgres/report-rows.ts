import type { Client } from '#adapters/postgres/client';

/** Rows of a report, as arrays: tens of thousands of objects would take longer to make than to read. Money and prices in 1e-4. */
export type JournalFacts = readonly [
  id: number,
  name: string,
  source: string,
  version: string,
  environment: string | null,
  account: string | null,
  capital: string | null,
];

export type SessionFacts = readonly [
  date: string,
  opened: number,
  opens: number,
  closes: number,
  openMinute: number,
  closeMinute: number,
  closed: number | null,
  complete: boolean | null,
  equityOpen: number | null,
  equityClose: number,
  equityHigh: number,
  equityLow: number,
  transfers: number,
  exposureMean: number,
  exposurePeak: number,
  fallPeak: number | null,
  fallBottom: number,
  minutes: number,
  minutesHeld: number,
];

export type PositionFacts = readonly [
  sequence: number,
  security: number,
  intent: number | null,
  begunAt: number | null,
  decidedAt: number,
  pattern: string,
  confidence: number,
  limit: number,
  target: number,
  stop: number | null,
  price: number | null,
  catalyst: string | null,
  news: number | null,
  told: number | null,
  shares: number,
  pnl: number,
  fees: number,
  r: number,
  reason: string,
  noMarket: boolean,
  favourableR: number | null,
  favourable: number,
  adverseR: number | null,
  adverse: number,
  last: number | null,
  toldIntent: number | null,
  exitSlippage: number | null,
];

export type FillFacts = readonly [
  sequence: number,
  security: number,
  isBuy: boolean,
  isEntry: boolean,
  shares: number,
  price: number,
  fees: number,
  bar: number,
];

export type FlagFacts = readonly [fill: number, flag: string];
/** Shares are negative where they went. */
export type AdjustmentFacts = readonly [sequence: number, security: number, shares: number, price: number, bar: number, at: number];
export type SplitFacts = readonly [sequence: number, security: number, ratio: string];
export type CashFacts = readonly [sequence: number, cause: string, security: number | null, amount: number];
export type HaltFacts = readonly [sequence: number, at: number, reason: string, level: string];
/** `intent` null: of whatever is held, or of `security` where that is known. */
export type NoteFacts = readonly [
  sequence: number,
  intent: number | null,
  security: number | null,
  at: number,
  by: string,
  choice: string,
  isOverride: boolean,
  because: string,
  code: string | null,
];
export type NewsFacts = readonly [sequence: number, id: string, source: string, text: string, knownAt: number];
export type NameFacts = readonly [security: number, symbol: string];
export type BarFacts = readonly [place: number, start: number, open: number, high: number, low: number, close: number];

/** All that a report is made of, as one moment saw it; lists in the order of the journal's entries. */
export type ReportRows = {
  readonly sessions: readonly SessionFacts[];
  readonly positions: readonly PositionFacts[];
  readonly fills: readonly FillFacts[];
  readonly flags: readonly FlagFacts[];
  readonly adjustments: readonly AdjustmentFacts[];
  readonly splits: readonly SplitFacts[];
  readonly cash: readonly CashFacts[];
  readonly halts: readonly HaltFacts[];
  readonly notes: readonly NoteFacts[];
  readonly news: readonly NewsFacts[];
  readonly names: readonly NameFacts[];
};

/** The journals of the record, with what their beginnings tell. */
export const reportJournals = (client: Client): Promise<readonly JournalFacts[]> => rowsOf(client, journals, []);

/** Throws what the driver throws. */
export async function reportRows(client: Client, beside: Client, journal: number): Promise<ReportRows> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const fills = besideIt(client, beside, journal);
    // Who waits for it hears of its failure; until then nobody does.
    fills.catch(() => {});
    const of = <Row extends readonly unknown[]>(query: string): Promise<readonly Row[]> => rowsOf<Row>(client, query, [journal]);
    const positions = await of<PositionFacts>(positionsQuery);
    const wanted = new Set(positions.flatMap((row) => row[12] ?? []));
    return {
      positions,
      sessions: await of(sessionsQuery),
      fills: await fills,
      flags: await of(flagsQuery),
      adjustments: await of(adjustmentsQuery),
      splits: await of(splitsQuery),
      cash: await of(cashQuery),
      halts: await of(haltsQuery),
      notes: await of(notesQuery),
      names: await of(namesQuery),
      news: await rowsOf(client, newsQuery, [journal, [...wanted]]),
    };
  } finally {
    await client.query('rollback');
  }
}

/** The longest list over a connection of its own, as of the same moment: the server makes it while the other one is read. */
async function besideIt(client: Client, beside: Client, journal: number): Promise<readonly FillFacts[]> {
  const { rows } = await client.query('select pg_export_snapshot() as name');
  await beside.query('begin isolation level repeatable read read only');
  try {
    await beside.query(`set transaction snapshot '${String(rows[0]?.name)}'`);
    return await rowsOf<FillFacts>(beside, fillsQuery, [journal]);
  } finally {
    await beside.query('rollback');
  }
}

/** A name and a span of time, both ends included. */
export type BarSpan = { readonly security: number; readonly from: number; readonly to: number };

/** The regular minutes of these spans; the first column says of which, by its place. */
export const reportBars = (client: Client, journal: number, spans: readonly BarSpan[]): Promise<readonly BarFacts[]> =>
  rowsOf(client, barsQuery, [journal, spans.map(({ security }) => security), spans.map(({ from }) => from), spans.map(({ to }) => to)]);

async function rowsOf<Row extends readonly unknown[]>(client: Client, text: string, values: unknown[]): Promise<readonly Row[]> {
  const { rows } = await client.query<Row & unknown[]>({ text, values, rowMode: 'array' });
  return rows;
}

const e4 = (amount: string): string => `(${amount} * 10000)::bigint`;
const ms = (moment: string): string => `(date_part('epoch', ${moment}) * 1000)::bigint`;
const minuteOfDay = (moment: string): string =>
  `(date_part('hour', ${moment} at time zone m.time_zone) * 60 + date_part('minute', ${moment} at time zone m.time_zone))::integer`;

const journals = `
  select j.journal_id, j.name, j.source::text, j.software_version, a.environment::text, a.account, v.value
  from catalyst.journals j
  left join lateral (
    select a.environment, a.account from catalyst.journal_accounts a where a.journal_id = j.journal_id order by a.sequence desc limit 1
  ) a on true
  left join catalyst.config_values v on v.journal_id = j.journal_id and v.version = 1 and v.name = 'capital'
  order by j.name collate "C"`;

const sessionsQuery = `
  select x.session_date, u.sequence, ${ms('x.opens_at')}, ${ms('x.closes_at')}, ${minuteOfDay('x.opens_at')}, ${minuteOfDay('x.closes_at')},
    c.sequence, c.is_complete, ${e4('d.equity_open')}, ${e4('d.equity_close')}, ${e4('d.equity_high')}, ${e4('d.equity_low')},
    ${e4('d.cash_moved')}, d.exposure_mean, d.exposure_peak, ${e4('d.fall_peak')}, ${e4('d.fall_bottom')}, d.minutes, d.minutes_held
  from catalyst.session_runs u
  join catalyst.sessions x using (session_id)
  join catalyst.markets m using (market_id)
  left join catalyst.session_closings c using (journal_id, session_id)
  left join catalyst.performance_daily d using (journal_id, session_id)
  where u.journal_id = $1 and not u.teaches
  order by u.sequence`;

/** What was said of the name is what the scan of its intent said. */
const positionsQuery = `
  select p.sequence, p.security_id, p.intent_sequence, ${ms('b.recorded_at')}, ${ms('i.recorded_at')}, i.pattern::text, i.confidence,
    ${e4('i.limit_price')}, ${e4('i.target')}, ${e4('v.stop')}, ${e4('t.last_close')}, k.kind::text, k.news_sequence,
    c.sequence, c.shares, ${e4('c.pnl')}, ${e4('c.fees')}, c.r_multiple, c.reason::text, c.is_without_market,
    c.favourable_r, ${e4('c.favourable_money')}, c.adverse_r, ${e4('c.adverse_money')}, c.last_sequence, c.intent_sequence,
    ${e4('c.exit_slippage')}
  from catalyst.positions p
  left join catalyst.position_closings c on c.journal_id = $1 and c.position_sequence = p.sequence
  left join catalyst.fills b on b.journal_id = $1 and b.sequence = p.sequence
  left join catalyst.intents i on i.journal_id = $1 and i.sequence = p.intent_sequence
  left join (
    select v.intent_sequence, max(v.sequence) as sequence from catalyst.intent_verdicts v
    where v.journal_id = $1 and v.verdict = 'approved' group by v.intent_sequence
  ) n on n.intent_sequence = i.sequence
  left join catalyst.intent_verdicts v on v.journal_id = $1 and v.sequence = n.sequence
  left join catalyst.scan_stages g on g.journal_id = $1 and g.cycle_sequence = i.cycle_sequence and g.stage = 'indicators_agreed'
  left join catalyst.technical_indicators t on t.journal_id = $1 and t.stage_sequence = g.sequence and t.security_id = p.security_id
  left join catalyst.scan_stages h on h.journal_id = $1 and h.cycle_sequence = i.cycle_sequence and h.stage = 'catalysts_confirmed'
  left join catalyst.scan_catalysts k on k.journal_id = $1 and k.stage_sequence = h.sequence and k.security_id = p.security_id
  where p.journal_id = $1
  order by p.sequence`;

const fillsQuery = `
  select f.sequence, o.security_id, o.side = 'buy', o.role = 'entry', f.shares, ${e4('f.price')}, ${e4('f.fees')},
    ${ms('f.bar_at')}
  from catalyst.fills f join catalyst.orders o on o.journal_id = $1 and o.sequence = f.order_sequence
  where f.journal_id = $1
  order by f.sequence`;

const flagsQuery = 'select fill_sequence, flag::text from catalyst.fill_flags where journal_id = $1';

const adjustmentsQuery = `
  select sequence, security_id, shares, ${e4('price')}, ${ms('bar_at')}, ${ms('recorded_at')}
  from catalyst.position_adjustments where journal_id = $1 order by sequence`;

const splitsQuery = `
  select sequence, security_id, ratio::text from catalyst.corporate_actions where journal_id = $1 and kind = 'split' order by sequence`;

const cashQuery = `
  select sequence, cause::text, security_id, ${e4('amount')} from catalyst.cash_movements where journal_id = $1 order by sequence`;

const haltsQuery = `
  select h.sequence, ${ms('e.recorded_at')}, h.reason::text, h.level::text
  from catalyst.risk_halts h join catalyst.risk_events e using (journal_id, sequence)
  where h.journal_id = $1 order by h.sequence`;

/** Answers, and what somebody asked to be closed without being refused. */
const notesQuery = `
  select t.sequence, q.intent_sequence, null::bigint, ${ms('t.recorded_at')}, t.settled_by, t.choice::text, t.is_override, t.because,
    t.code::text
  from catalyst.question_settlements t
  join catalyst.questions q on q.journal_id = $1 and q.sequence = t.question_sequence
  where t.journal_id = $1 and t.settlement = 'answered'
  union all
  select r.sequence, null, s.value::bigint, ${ms('r.recorded_at')}, r.asked_by, 'operator_close', true, r.because, c.value
  from catalyst.requests r
  join catalyst.request_terms s on s.journal_id = $1 and s.request_sequence = r.sequence and s.name = 'security_id'
  left join catalyst.request_terms c on c.journal_id = $1 and c.request_sequence = r.sequence and c.name = 'code'
  where r.journal_id = $1 and r.kind = 'close_position'
    and not exists (select from catalyst.request_refusals n where n.journal_id = $1 and n.request_sequence = r.sequence)
  order by 1`;

const newsQuery = `
  select sequence, vendor_id, source, headline, ${ms('known_at')} from catalyst.news_items
  where journal_id = $1 and sequence = any ($2::bigint[])`;

const namesQuery = `
  select s.security_id, s.symbol from catalyst.securities s
  where exists (select from catalyst.positions p where p.journal_id = $1 and p.security_id = s.security_id)`;

const barsQuery = `
  select w.place, ${ms('b.starts_at')}, ${e4('b.open')}, ${e4('b.high')}, ${e4('b.low')}, ${e4('b.close')}
  from unnest($2::bigint[], $3::bigint[], $4::bigint[]) with ordinality as w (security_id, starts, ends, place)
  join catalyst.trading_history b on b.journal_id = $1 and b.security_id = w.security_id
    and b.starts_at between to_timestamp(w.starts / 1000.0) and to_timestamp(w.ends / 1000.0)
  join catalyst.journals j on j.journal_id = $1
  join catalyst.sessions x on x.market_id = j.market_id and b.starts_at >= x.opens_at and b.starts_at < x.closes_at
  order by w.place, b.starts_at`;
