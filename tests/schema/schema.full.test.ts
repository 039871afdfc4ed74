import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newClient } from '#adapters/postgres/client';
import { withDebian15, withEmbedded } from '#tests/postgres/servers';
import { migrated, refusalOf, rowsOf } from '#tests/schema/database';
import { enums } from '#tests/schema/enums';

const fewRows = readFileSync(join(import.meta.dirname, 'few-rows.sql'), 'utf8');

type Row = { readonly it: string };
const named = (rows: readonly Row[]): readonly string[] => rows.map(({ it }) => it);

/** Tables, without the partitions. */
const tables = `select c.oid, c.relname from pg_class c
  where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text in ('catalyst', 'catalyst_migrations')
    and c.relname not like 'kysely%'`;
const columns = `select t.oid, t.relname, a.attname, a.attnum, a.atttypid,
    case when b.typtype = 'd' then b.typbasetype else a.atttypid end::regtype::text as base
  from (${tables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped join pg_type b on b.oid = a.atttypid`;

/** Amounts and prices that were traded, wherever they stand: decimals, to the last digit. */
const money = [
  'adverse_money',
  'advantage',
  'amount',
  'at_stop',
  'at_target',
  'avoided_loss',
  'cash',
  'cash_moved',
  'close',
  'day_pnl',
  'entry',
  'equity',
  'equity_close',
  'equity_high',
  'equity_low',
  'equity_open',
  'favourable_money',
  'fees',
  'high',
  'last_close',
  'last_price',
  'limit_amount',
  'limit_price',
  'low',
  'missed_gain',
  'open',
  'pnl',
  'price',
  'risk',
  'stop',
  'stop_price',
  'target',
  'unrealised',
];

for (const server of [withEmbedded(), withDebian15()]) {
  const on = test.skipIf(!server.isThere);

  on(`${server.name}: every table has a key, a comment, and a comment for each column; so has every view${server.why}`, async () => {
    const url = await migrated(server);
    const all = named(await rowsOf<Row>(url, `select relname::text as it from (${tables}) t`));
    expect(all.length).toBeGreaterThan(60);
    const keyless = `select relname::text as it from (${tables}) t where not exists (select from pg_constraint where conrelid = t.oid and contype = 'p')`;
    expect(named(await rowsOf<Row>(url, keyless))).toEqual([]);
    const uncommented = `select relname::text as it from pg_class where relnamespace::regnamespace::text = 'catalyst' and relkind in ('r', 'p', 'v')
      and obj_description(oid, 'pg_class') is null`;
    expect(named(await rowsOf<Row>(url, uncommented))).toEqual([]);
    const columnsWithout = `select c.relname || '.' || attname as it from (${columns}) c where col_description(c.oid, attnum) is null`;
    expect(named(await rowsOf<Row>(url, columnsWithout))).toEqual([]);
    const questions = `select relname::text as it from pg_class where relnamespace::regnamespace::text = 'catalyst' and relkind = 'v'
      and obj_description(oid, 'pg_class') !~ '\\?'`;
    expect(named(await rowsOf<Row>(url, questions))).toEqual([]);
    const routines = `select proname::text as it from pg_proc p where pronamespace::regnamespace::text = 'catalyst' and obj_description(oid, 'pg_proc') is null
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
    expect(named(await rowsOf<Row>(url, routines))).toEqual([]);
  });

  on(`${server.name}: no table but securities has a symbol; views may${server.why}`, async () => {
    const url = await migrated(server);
    const symbols = `select relname::text as it from (${columns}) c where attname ~ 'symbol|ticker'`;
    expect(named(await rowsOf<Row>(url, symbols))).toEqual(['securities']);
    const others = `select distinct relname || '.' || attname as it from (${columns}) c where attname ~ 'security_id|predecessor_id'
      and not exists (select from pg_constraint where contype = 'f' and conrelid = c.oid and c.attnum = any (conkey))
      and relname <> 'securities'`;
    expect(named(await rowsOf<Row>(url, others))).toEqual([]);
  });

  on(`${server.name}: money is decimal, moments have a zone, and nothing is of the type money${server.why}`, async () => {
    const url = await migrated(server);
    const types = `select attname || ' ' || string_agg(distinct base, ', ') as it from (${columns}) c where attname = any ($1) group by attname order by 1`;
    expect(named(await rowsOf<Row>(url, types, [money]))).toEqual(money.toSorted().map((name) => `${name} numeric`));
    const odd = `select relname || '.' || attname as it from (${columns}) c
      where base in ('money', 'timestamp without time zone', 'time with time zone', 'character', 'real', 'json', 'jsonb')`;
    expect(named(await rowsOf<Row>(url, odd))).toEqual([]);
    // Room for a share at a million, of which there are billions, to the last ten-thousandth.
    await rowsOf(url, fewRows);
    expect(await rowsOf(url, 'select price, price * 1e9 as value from catalyst.fills where sequence = 17')).toEqual([
      { price: '750000.1000', value: '750000100000000.0000' },
    ]);
    expect(
      await refusalOf(url, 'insert into catalyst.account_reports values (7, 90, now(), 999999999999999.9999, -999999999999999.9999)'),
    ).toBe(null);
  });

  on(`${server.name}: what is referred to is found by an index${server.why}`, async () => {
    const url = await migrated(server);
    const unindexed = `select conrelid::regclass || ' ' || pg_get_constraintdef(k.oid) as it from pg_constraint k
      where contype = 'f' and connamespace::regnamespace::text = 'catalyst' and conparentid = 0
        and not exists (select from pg_index i where i.indrelid = k.confrelid and i.indisunique and i.indkey::smallint[] @> k.confkey and i.indnkeyatts = cardinality(k.confkey))`;
    expect(named(await rowsOf<Row>(url, unindexed))).toEqual([]);
  });

  on(`${server.name}: the words of each enum are those of the code${server.why}`, async () => {
    const url = await migrated(server);
    const found = await rowsOf<{ name: string; words: readonly string[] }>(
      url,
      `select typname::text as name, array_agg(enumlabel::text order by enumsortorder) as words from pg_type join pg_enum on enumtypid = pg_type.oid
       where typnamespace::regnamespace::text = 'catalyst' group by typname order by 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(Object.keys(enums).toSorted());
    for (const { name, words } of found)
      if (enums[name] !== null) expect([name, words.toSorted()]).toEqual([name, enums[name]?.toSorted()]);
  });

  on(`${server.name}: a month begins and ends at midnight in UTC, is made once, and by two at once as well${server.why}`, async () => {
    const url = await migrated(server);
    await rowsOf(url, fewRows);
    await rowsOf(url, "select catalyst.ensure_bars_month('2026-12-31')");
    await rowsOf(url, "select catalyst.ensure_bars_month('2026-12-01')");
    const bounds = `select relname || ' ' || pg_get_expr(relpartbound, oid) as it from pg_class where relispartition and relkind = 'r' order by 1`;
    await rowsOf(url, "set timezone = 'Asia/Tokyo'; select catalyst.ensure_bars_month('2027-01-15')");
    expect(named(await rowsOf<Row>(url, bounds))).toEqual([
      "trading_history_2025_11 FOR VALUES FROM ('2025-11-01 00:00:00+00') TO ('2025-12-01 00:00:00+00')",
      "trading_history_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')",
      "trading_history_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00')",
    ]);
    const [one, other] = [newClient(url), newClient(url)];
    await Promise.all([one.connect(), other.connect()]);
    await one.query('begin');
    await one.query("select catalyst.ensure_bars_month('2028-02-29')");
    const second = other.query("select catalyst.ensure_bars_month('2028-02-01')");
    // Whoever reads bars meanwhile is not kept waiting, nor is whoever adds to months that are there.
    expect(await rowsOf(url, 'select count(*) as bars from catalyst.bars')).toEqual([{ bars: 1 }]);
    expect(
      await refusalOf(
        url,
        "set lock_timeout = 2000; insert into catalyst.trading_history values (7, 1, '2026-12-31 23:59+00', 1, 1, 1, 1, 1)",
      ),
    ).toBe(null);
    await one.query('commit');
    await second;
    await Promise.all([one.end(), other.end()]);
    const bar = (at: string) => refusalOf(url, `insert into catalyst.trading_history values (7, 1, '${at}', 1, 1, 1, 1, 1)`);
    expect([await bar('2028-02-29 23:59+00'), await bar('2028-03-01 00:00+00'), await bar('2028-01-31 23:59+00')]).toEqual([
      null,
      '23514',
      '23514',
    ]);
    expect(await refusalOf(url, "select catalyst.ensure_bars_month('infinity')")).toBe('22008');
    expect(await refusalOf(url, 'select catalyst.ensure_bars_month(null)')).toBe('22008');
  });

  on(
    `${server.name}: what cannot be is refused: other markets, two holders of a symbol, prices and days that contradict${server.why}`,
    async () => {
      const url = await migrated(server);
      await rowsOf(url, fewRows);
      const rows: readonly (readonly [string, string | null])[] = [
        ["insert into catalyst.securities values (11, 1, 'AAPL', '2020-01-01', 'infinity', null, null)", '23P01'],
        ["insert into catalyst.securities values (11, 0, 'AAPL', '-infinity', 'infinity', null, null)", null],
        ["insert into catalyst.securities values (12, 1, 'HSBC', '-infinity', 'infinity', 8, null)", '23503'],
        ["insert into catalyst.securities values (12, 3, 'HSBC', '-infinity', 'infinity', 8, null)", null],
        ["insert into catalyst.securities values (13, 3, 'X', '-infinity', 'infinity', null, 13)", '23514'],
        ["insert into catalyst.sessions values (120413, 1, '2025-11-20', '2025-11-20 14:30+00', '2025-11-20 21:00+00')", '23514'],
        ["insert into catalyst.trading_history values (7, 1, '2025-11-20 15:36+00', 5, 4, 3, 4, 1)", '23514'],
        ['insert into catalyst.fills values (7, 60, now(), 13, 0, 5, 0, now())', '23514'],
        ['insert into catalyst.fills values (7, 60, now(), 99, 1, 5, 0, now())', '23503'],
        [
          "insert into catalyst.orders values (7, 61, now(), 'x', 10, null, 2, 'entry', 'market', 'buy', 1, null, null, 'bull_flag')",
          '23503',
        ],
        [
          "insert into catalyst.orders values (7, 61, now(), 'x', 10, null, 1, 'entry', 'limit', 'buy', 1, null, null, 'bull_flag')",
          '23514',
        ],
        ["insert into catalyst.order_events values (7, 62, now(), 13, 'rejected', null, null, null, null)", '23514'],
        ["insert into catalyst.intent_refusals values (7, 12, 2, 'made_up')", '22P02'],
      ];
      for (const [statement, state] of rows) expect([statement, await refusalOf(url, statement)]).toEqual([statement, state]);
    },
  );

  on(`${server.name}: views tell a trade from its orders and fills${server.why}`, async () => {
    const url = await migrated(server);
    await rowsOf(url, fewRows);
    const held = 'select symbol, shares, mean_price, stop from catalyst.open_positions';
    expect(await rowsOf(url, held)).toEqual([{ symbol: 'AAPL', shares: 100, mean_price: '750000.0400', stop: '749990.0000' }]);
    await rowsOf(
      url,
      `insert into catalyst.fills values (7, 30, '2025-11-20 16:30+00', 14, 100, 749989, 0.5, '2025-11-20 16:29+00');
       insert into catalyst.position_closings values
         (7, 16, 31, '2025-11-20 16:30+00', 100, -1105.5, 1.5, -1.09, 'protective_stop', false, 0.1, 101, 1.1, 1105)`,
    );
    expect(await rowsOf(url, held)).toEqual([]);
    expect(
      await rowsOf(
        url,
        `select symbol, session_date, opened_hour, shares, pnl, pattern, entry_price, exit_price, entry_slippage, stop_slippage, catalyst, headline
         from catalyst.trades`,
      ),
    ).toEqual([
      {
        symbol: 'AAPL',
        session_date: '2025-11-20',
        opened_hour: 10,
        shares: 100,
        pnl: '-1105.5000',
        pattern: 'bull_flag',
        entry_price: '750000.0400',
        exit_price: '749989.0000',
        entry_slippage: '-0.0834',
        stop_slippage: '1.0000',
        catalyst: 'earnings',
        headline: 'Apple beats',
      },
    ]);
    expect(await rowsOf(url, 'select order_id, status, filled_shares from catalyst.order_status order by 1')).toEqual([
      { order_id: 'e-1', status: 'filled', filled_shares: 100 },
      { order_id: 's-1', status: 'filled', filled_shares: 100 },
    ]);
    for (const [view, row] of [
      ['results_by_pattern', { pattern: 'bull_flag', trades: 1, won: 0, pnl: '-1105.5000' }],
      ['results_by_catalyst', { catalyst: 'earnings', trades: 1, won: 0, pnl: '-1105.5000' }],
      ['results_by_hour', { hour: 10, trades: 1, won: 0, pnl: '-1105.5000' }],
      ['daily_results', { session_date: '2025-11-20', trades: 1, won: 0, pnl: '-1105.5000', fees: '1.5000' }],
      ['equity_curve', { session_date: '2025-11-20', pnl: '100.0000', return: 0.001 }],
      ['refusals_by_reason', { reason: 'too_many_positions', refusals: 1 }],
      ['rejections_by_reason', { stage: 'catalysts_confirmed', reason: 'no_catalyst', names_let_go: 1 }],
      ['risk_log', { kind: 'loss_warned', pnl: '-75.0000', limit_amount: '100.0000', share: 0.75 }],
      ['news_by_security', { symbol: 'AAPL', headline: 'Apple beats', kind: 'earnings', polarity: 0.6 }],
      ['bars', { symbol: 'AAPL', session_date: '2025-11-20', close: '750000.5000', volume: 300 }],
      ['open_questions', { subject: 'loss_warning', recommended: 'hold' }],
      ['projection_positions', { journal: 'today', projection: 'ledger', sequence: 40 }],
    ] as const)
      expect([view, await rowsOf(url, `select * from catalyst.${view}`)]).toMatchObject([view, [row]]);
    expect(await rowsOf(url, 'select option, is_chosen, is_recommended, is_override from catalyst.decision_logs order by option')).toEqual([
      { option: 'enter', is_chosen: true, is_recommended: true, is_override: false },
      { option: 'decline', is_chosen: false, is_recommended: false, is_override: false },
    ]);
    expect(await rowsOf(url, 'select stage, kept, let_go from catalyst.funnel order by stage')).toEqual([
      { stage: 'candidates_found', kept: 1, let_go: 0 },
      { stage: 'catalysts_confirmed', kept: 1, let_go: 1 },
    ]);
    expect(await rowsOf(url, 'select stage, symbol, rank, catalyst from catalyst.latest_scan order by stage')).toEqual([
      { stage: 'candidates_found', symbol: 'AAPL', rank: 1, catalyst: null },
      { stage: 'catalysts_confirmed', symbol: 'AAPL', rank: 1, catalyst: 'earnings' },
    ]);
  });
}
