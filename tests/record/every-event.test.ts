import { expect, test } from 'vitest';
import { eventSchema } from '#engine/journal/codec/event-schema';
import { decodeEntries } from '#engine/journal/reader';
import { withDebian15, withEmbedded } from '../postgres/servers.js';
import { writeEveryEvent } from './every-event.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const folder = journalFolder();
const sequences = writeEveryEvent(folder);
const at = (name: string): number => sequences.get(name) ?? Number.NaN;

test('the journal of these tests has every kind of event', () => {
  const kinds = new Set([...decodeEntries(folder)].map(({ event }) => event.kind));
  expect(eventSchema.kinds.filter((kind) => !kinds.has(kind))).toEqual([]);
});

const made: string[] = [];
for (const server of [withEmbedded(), withDebian15()]) {
  test.skipIf(!server.isThere)(
    `${server.name}: every kind becomes its rows, and no row breaks a rule of the schema${server.why}`,
    async () => {
      const url = await withSchema(await server.fresh());
      const done = await project(url, folder);
      expect(done.map(({ projection, from, replaced, unfit }) => [projection, from, replaced, unfit])).toEqual([
        ['ledger', 0, 2, 0],
        ['market', 0, 0, 3],
        ['decisions', 0, 0, 0],
      ]);
      const filled = (await hashes(url)).filter(({ rows }) => rows > 0).map(({ table, rows }) => `${table} ${rows}`);
      expect(filled).toMatchSnapshot();
      const rows = async (query: string) => asked(url, query);
      expect(await rows('select environment, book, account from catalyst.journal_accounts')).toEqual([
        { environment: 'paper', book: 'b', account: 'PA\u2400\ufffd' },
      ]);
      expect(await rows('select ratio from catalyst.corporate_actions')).toEqual([{ ratio: '0.3333333333333333' }]);
      expect(await rows('select told, sector_id from catalyst.security_sectors order by sector_id')).toEqual([
        { told: 'Information Technology', sector_id: 8 },
        { told: 'spaceships', sector_id: null },
      ]);
      expect(await rows('select headline, source, vendor_id from catalyst.news_items')).toEqual([
        { headline: 'Nvidia "beats"\\\t', source: 'wire', vendor_id: 'a.csv:1' },
      ]);
      expect(await rows(`select reason from catalyst.scan_rejections where stage_sequence = ${at('candidates')} order by reason`)).toEqual([
        { reason: 'no_history' },
        { reason: 'price_too_low' },
        { reason: 'ranked_below' },
      ]);
      expect(await rows('select last_close, atr, vwap, rsi, macd, obv, minus_di from catalyst.technical_indicators')).toEqual([
        { last_close: '100.0000', atr: 1.23456, vwap: 99.99995, rsi: null, macd: 56.5 / 10_000, obv: null, minus_di: null },
      ]);
      expect(await rows('select support, record_mean_r, record_deviation_r, cycle_sequence from catalyst.intents')).toEqual([
        { support: null, record_mean_r: 0.1 + 0.2, record_deviation_r: 1e-9, cycle_sequence: at('candidates') },
      ]);
      expect(await rows('select verdict, risk from catalyst.intent_verdicts order by sequence')).toEqual([
        { verdict: 'approval_wanted', risk: '200.0000' },
        { verdict: 'approved', risk: '200.0000' },
        { verdict: 'refused', risk: null },
      ]);
      expect(await rows('select place, name, value from catalyst.refusal_numbers order by place, name')).toEqual([
        { place: 1, name: 'correlation', value: '0.93' },
        { place: 1, name: 'max', value: '0.8' },
        { place: 2, name: 'max', value: '2' },
        { place: 4, name: 'held', value: '2' },
        { place: 4, name: 'max', value: '2' },
        { place: 4, name: 'sector', value: 'tech' },
      ]);
      expect(
        await rows('select status, rejection, unfilled, before_sequence, detail from catalyst.order_events order by sequence'),
      ).toEqual([
        { status: 'accepted', rejection: null, unfilled: null, before_sequence: null, detail: null },
        { status: 'unknown', rejection: null, unfilled: null, before_sequence: null, detail: 'no answer' },
        { status: 'rejected', rejection: 'wash_trade', unfilled: null, before_sequence: null, detail: null },
        { status: 'cancelled', rejection: null, unfilled: 100, before_sequence: null, detail: null },
        { status: 'renamed', rejection: null, unfilled: null, before_sequence: at('stop order'), detail: 'uuid' },
      ]);
      expect(await rows('select sequence, side, intent_sequence from catalyst.positions order by sequence')).toEqual([
        { sequence: at('bought'), side: 'buy', intent_sequence: at('intent') },
        { sequence: at('adjusted'), side: 'buy', intent_sequence: null },
      ]);
      expect(
        await rows(
          `select position_sequence, sequence, pnl, fees, r_multiple, favourable_r, favourable_money, adverse_money
         from catalyst.position_closings order by sequence`,
        ),
      ).toEqual([
        {
          position_sequence: at('bought'),
          sequence: at('closed'),
          pnl: '99.9800',
          fees: '0.0200',
          r_multiple: 0.4999,
          favourable_r: 0.5,
          favourable_money: '100.0000',
          adverse_money: '0.0000',
        },
        {
          position_sequence: at('adjusted'),
          sequence: at('orphan closed'),
          pnl: '0.7000',
          fees: '0.0000',
          r_multiple: 0,
          favourable_r: null,
          favourable_money: '0.7000',
          adverse_money: '0.0000',
        },
      ]);
      expect(await rows('select ours, theirs from catalyst.risk_differences')).toEqual([{ ours: '0.5', theirs: '1000000000000000000000' }]);
      expect(await rows('select because from catalyst.requests limit 1')).toEqual([{ because: 'she said\tso\n\\.' }]);
      expect(await rows('select version, name, value_after, asked_by from catalyst.config_changes')).toEqual([
        { version: 2, name: 'weights.catalyst', value_after: '6', asked_by: 'ada' },
      ]);
      made.push(JSON.stringify(await hashes(url)));
    },
  );
}

test('both servers hold the same to the byte', () => {
  expect(new Set(made).size).toBeLessThanOrEqual(1);
});
