import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, ticker } from '#domain/values/symbol';
import { patience } from '#engine/execution/patience';
import { id } from '../one-trade.js';
import { bare, held, parts, quiet, working } from './held.js';
import { ambiguous, clientId, e4, now, Script } from './script.js';

/** Until the next reading; and until the one after it, without which nothing is judged. */
const reading = patience.reconcileMs;
const soon = reading + 11_000;
const date = '2026-11-30' as SessionDate;
const closed = { kind: 'session_closed', date, lastBar: null, complete: true } as const;
const opened: Event = {
  kind: 'session_opened',
  date: '2026-12-01' as SessionDate,
  open: instant(Date.UTC(2026, 11, 1, 14, 30)),
  close: instant(Date.UTC(2026, 11, 1, 21)),
  openMinute: 570,
  closeMinute: 960,
  history: false,
  listed: [],
};
const failed = { kind: 'ambiguous', why: 'server_error', said: '' } as const;

/** 200 shares that the broker sells by itself, after it has ended what reserved them. */
function liquidated(): Script {
  const script = held();
  const { target, stop } = parts(script);
  script.put(now(target, { status: 'canceled' }));
  script.put(now(stop, { status: 'canceled' }));
  const theirs = script.view({ clientId: 'liquidation' as ReturnType<typeof clientId>, status: 'filled', filled: 200 });
  script.world.executions.push(script.fill(theirs, 200, { dollars: 90 }));
  script.world.positions = [];
  return script;
}

describe('what the broker has and what we know', () => {
  test('D1: shares that the broker does not have go out of the book, after two readings, with a word', () => {
    const script = held();
    script.world.positions = [];
    script.wait(reading);
    expect(script.takeSaid()).toEqual([]);
    script.wait(11_000);
    expect(script.takeSaid()).toEqual(['difference phantom 200 0', 'quarantined 0', 'adjusted -200 (phantom)']);
    script.wait(200_000);
    expect(script.takeSaid()).toEqual([]);
  });

  test('D2: shares that nobody here bought are taken over, and their name is shut', () => {
    const script = Script.ready();
    script.world.positions = [script.position(400)];
    script.wait(soon);
    expect(script.takeSaid()).toEqual(['difference orphan 0 400', 'quarantined 0', 'adjusted 400 (orphan)']);
    script.wait(5_000);
    expect(script.takeSaid()).toEqual(['uncovered 400 of 400']);
  });

  test('D2: a name that has no column here is told of once', () => {
    const script = Script.ready();
    script.world.positions = [script.position(10, 10, 'ZZZ')];
    script.wait(200_000);
    expect(script.takeSaid()).toEqual(['difference orphan 0 10']);
  });

  test('D3: another number of shares is first explained by executions that were missed', () => {
    const script = held(120);
    const { entry } = parts(script);
    const more = now(entry, { status: 'partially_filled', filled: 150 });
    script.put(more);
    script.world.executions.push(script.fill(more, 30, { cumulative: 150 }));
    script.world.positions = [script.position(150)];
    script.wait(soon);
    expect(script.takeSaid().filter((said) => !said.startsWith('uncovered'))).toEqual(['filled entry 30 at 100']);
  });

  test('D10: a trade that is taken back is undone at its own price, whatever the shares are worth by now', () => {
    const script = held();
    const { entry } = parts(script);
    const bought = script.fill(entry, 200, { dollars: 100 });
    script.world.executions.push({ ...bought, id: 'taken-back', busts: bought.id });
    script.world.positions = [];
    script.wait(soon);
    expect(script.takeSaid()).toEqual(['difference phantom 200 0', 'quarantined 0', 'adjusted -200 at 100 (bust)']);
  });

  test('D10: one of two trades is taken back', () => {
    const script = held(120);
    const { entry } = parts(script);
    const more = now(entry, { status: 'filled', filled: 200 });
    script.told(more, script.fill(entry, 80, { cumulative: 200, dollars: 101 }));
    quiet(script);
    script.world.executions.push({ ...script.fill(entry, 80, { cumulative: 200, dollars: 101 }), id: 'taken-back', busts: 'x' });
    script.world.positions = [script.position(120)];
    script.wait(soon);
    expect(script.takeSaid()).toContain('adjusted -80 at 101 (bust)');
    expect(script.execution.report().quarantined).toEqual([0]);
  });

  test('D10: a row of a trade taken back moves nothing by itself, and explains one difference only', () => {
    const script = held();
    const { entry } = parts(script);
    script.world.executions.push({ ...script.fill(entry, 50), id: 'taken-back', busts: 'x' });
    script.wait(200_000);
    expect(script.takeSaid()).toEqual([]);
    script.world.positions = [script.position(150, 0)];
    script.wait(140_000);
    expect(script.takeSaid()).toContain('adjusted -50 at 100 (bust)');
    script.world.positions = [script.position(100, 0)];
    script.wait(140_000);
    expect(script.takeSaid()).toContain('adjusted -50 (external_trade)');
  });

  test('D10: another number of shares than was taken back is explained by nothing', () => {
    const script = held();
    const { entry } = parts(script);
    script.world.executions.push({ ...script.fill(entry, 50), id: 'taken-back', busts: 'x' });
    script.world.positions = [script.position(120, 0)];
    script.wait(soon);
    expect(script.takeSaid()).toContain('adjusted -80 (external_trade)');
  });

  test.each([
    ['told before the list shows it', 0],
    ['told between two readings that show it', reading + 1_000],
  ])('D7: a split that is told makes no difference: %s', (_, before) => {
    const script = held();
    script.world.positions = [script.position(400, 0)];
    script.wait(before);
    script.record({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 });
    script.wait(200_000);
    expect(script.takeSaid().filter((said) => !said.startsWith('uncovered'))).toEqual([]);
    const again = Script.again(script);
    again.execution.start(again.now);
    again.news({ kind: 'line_ready' });
    again.wait(200_000);
    expect(again.takeSaid().filter((said) => said.includes('difference') || said.includes('adjusted'))).toEqual([]);
  });

  test('D7: the shares that a split has brought have no stop, and that is told', () => {
    const script = held();
    script.world.positions = [script.position(400, 0)];
    script.record({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 });
    script.wait(30_000);
    expect(script.takeSaid()).toContain('uncovered 200 of 400');
  });

  test('D7: of a group that has fewer shares than a split has made of them all is ended for one stop', () => {
    const script = held();
    const { target, stop } = parts(script);
    script.world.positions = [script.position(400, 0)];
    script.record({ kind: 'split_took_effect', symbol: symbolIndex(0), ratio: 2 });
    quiet(script);
    script.act({ cancels: [id('stop')], orders: [[script.exit(400, { stop: 49 })]] });
    expect(script.takeSent()).toEqual([expect.stringMatching(/^cancel b[12] \(protect\)$/)]);
    script.answer('cancel_order', { kind: 'done' });
    script.told(now(target, { status: 'canceled' }));
    script.told(now(stop, { status: 'canceled' }));
    script.world.positions = [script.position(400)];
    expect(script.takeSent()).toEqual(['sell 400 stop 49 exit-1-1 (protect)']);
  });

  test('D7: between two sessions another number of shares is no difference until the next has opened, and its splits are told', () => {
    const script = held();
    script.record(closed);
    script.world.positions = [script.position(400, 0)];
    script.wait(600_000);
    expect(script.takeSaid().filter((said) => !said.startsWith('uncovered'))).toEqual([]);
    script.record(opened);
    script.wait(soon);
    expect(script.takeSaid()).toEqual(expect.arrayContaining(['quarantined 0', 'adjusted 200 (external_trade)']));
  });

  test('D6, D7: between two sessions what somebody has sold is no split', () => {
    const script = held();
    script.record(closed);
    const theirs = script.view({ clientId: 'by-hand' as ReturnType<typeof clientId>, status: 'filled', filled: 50, shares: 50 });
    script.world.executions.push(script.fill(theirs, 50, { dollars: 97 }));
    script.world.positions = [script.position(150, 0)];
    script.wait(soon);
    expect(script.takeSaid()).toEqual(expect.arrayContaining(['asked pause_entries', 'adjusted -50 (external_trade)']));
  });

  test('D1: between two sessions as well, shares that are gone are gone', () => {
    const script = held();
    script.record(closed);
    script.world.positions = [];
    script.wait(soon);
    expect(script.takeSaid()).toContain('adjusted -200 (phantom)');
  });

  test('D7: a split that nobody tells shuts the name', () => {
    const script = held();
    script.world.positions = [script.position(400, 0)];
    script.wait(soon);
    expect(script.takeSaid()).toEqual(expect.arrayContaining(['quarantined 0', 'adjusted 200 (external_trade)']));
  });

  test('D4: lists that disagree for some seconds are no difference', () => {
    const script = held();
    script.world.positions = [];
    script.wait(reading + 1_000);
    script.world.positions = [script.position(200)];
    script.wait(soon);
    expect(script.takeSaid()).toEqual([]);
  });

  test('D4: nothing is judged across a fill', () => {
    const script = working();
    script.wait(reading - 5_000);
    script.world.positions = [script.position(100)];
    script.wait(6_000);
    const { entry } = parts(script);
    script.told(now(entry, { status: 'partially_filled', filled: 100 }), script.fill(entry, 100));
    script.wait(4_500);
    expect(script.takeSaid()).toEqual(['filled entry 100 at 100']);
    expect(script.execution.report().quarantined).toEqual([]);
  });

  test('C5: a fill that nobody tells is found within twenty seconds while its entry works, and is looked after', () => {
    const script = working();
    const { entry } = parts(script);
    script.put(now(entry, { status: 'partially_filled', filled: 100, meanPrice: 1_000_000 }));
    script.world.executions.push(script.fill(entry, 100));
    script.world.positions = [script.position(100)];
    script.wait(27_000);
    expect(script.takeSaid()).toEqual(['filled entry 100 at 100', 'uncovered 100 of 100']);
  });

  test('C5: while shares are without a stop the broker is read every twenty seconds as well', () => {
    const script = bare();
    script.wait(30_000);
    quiet(script);
    script.world.positions = [script.position(150)];
    // Seen ten seconds from now, and again ten after that; without a stop missing it would be ten more.
    script.wait(24_000);
    expect(script.takeSaid()).toContain('difference shares 200 150');
  });

  test('D4: nothing is judged while nobody knows what became of an exit', () => {
    const script = bare();
    script.act({ orders: [[script.exit(200)]] });
    script.answer('submit_exit', ambiguous);
    quiet(script);
    script.world.positions = [];
    const sale = script.view({ clientId: clientId('exit-1'), status: 'filled', filled: 200 });
    script.world.executions.push(script.fill(sale, 200, { dollars: 99 }));
    script.execution.news({ kind: 'unreadable_news', received: '' }, script.now);
    script.wait(40_000);
    script.put(sale);
    script.wait(30_000);
    expect(script.takeSaid()).toEqual(['accepted exit-1', 'filled exit-1 200 at 99']);
  });

  test('D5: what a person sold elsewhere is told as theirs, at their price', () => {
    const script = held();
    const theirs = script.view({ clientId: 'by-hand' as ReturnType<typeof clientId>, status: 'filled', filled: 50, shares: 50 });
    script.world.executions.push(script.fill(theirs, 50, { dollars: 103 }));
    script.world.positions = [script.position(150)];
    script.wait(soon);
    expect(script.takeSaid()).toEqual([
      'asked pause_entries',
      'difference shares 200 150',
      'quarantined 0',
      'adjusted -50 (external_trade)',
    ]);
    expect(script.journal.flatMap(({ event }) => (event.kind === 'position_adjusted' ? [event.price] : []))).toEqual([e4(103)]);
  });

  test('D6: shares that the broker sold itself are followed, and nothing is entered in any name until a person has looked', () => {
    const script = liquidated();
    script.wait(80_000);
    const said = script.takeSaid();
    expect(said).toContain('adjusted -200 (external_trade)');
    // A crash between the two must not lose the stop.
    expect(said.indexOf('asked pause_entries')).toBeLessThan(said.indexOf('adjusted -200 (external_trade)'));
    expect(said.filter((word) => word.startsWith('asked'))).toEqual(['asked pause_entries']);
    script.wait(200_000);
    expect(script.takeSaid().filter((word) => word.startsWith('asked'))).toEqual([]);
  });

  test('D6: a restart before the shares were adjusted asks for the stop again, one after that does not', () => {
    const script = liquidated();
    script.wait(80_000);
    const adjusted = script.journal.findIndex(({ event }) => event.kind === 'position_adjusted');
    const askedAfter = (upTo: number): readonly string[] => {
      const again = Script.again(script, { upTo });
      again.execution.start(again.now);
      again.news({ kind: 'line_ready' });
      again.wait(80_000);
      return again.takeSaid().filter((word) => word.startsWith('asked'));
    };
    expect(askedAfter(adjusted)).toEqual(['asked pause_entries']);
    expect(askedAfter(script.journal.length)).toEqual([]);
  });

  test('D6: what the broker sells in pieces is worth what each has brought, also after a restart between them', () => {
    const script = held();
    const sells = (at: Script, shares: number, dollars: number): void => {
      const theirs = at.view({ clientId: `theirs-${dollars}` as ReturnType<typeof clientId>, status: 'filled', filled: shares, shares });
      at.world.executions.push(at.fill(theirs, shares, { dollars }));
      at.world.positions = at.world.positions.flatMap((row) => (row.shares > shares ? [{ ...row, shares: row.shares - shares }] : []));
    };
    const prices = (at: Script): readonly number[] =>
      at.journal.flatMap(({ event }) => (event.kind === 'position_adjusted' ? [event.price] : []));
    sells(script, 40, 95);
    sells(script, 60, 90);
    script.wait(soon);
    expect(prices(script)).toEqual([e4(92)]);
    sells(script, 20, 85);
    script.wait(soon);
    expect(prices(script)).toEqual([e4(92), e4(85)]);
    const again = Script.again(script);
    again.execution.start(again.now);
    again.news({ kind: 'line_ready' });
    again.wait(1_000);
    sells(again, 80, 80);
    again.wait(2 * soon);
    expect(prices(again)).toEqual([e4(92), e4(85), e4(80)]);
  });

  test('D6: however late the list of positions shows what the broker has sold, its trade explains it', () => {
    for (let late = 0; late <= 240; late += 3) {
      const script = liquidated();
      const { positions } = script.world;
      script.world.positions = [script.position(200)];
      script.news({ kind: 'unreadable_news', received: '' });
      script.wait(late * 1_000);
      script.world.positions = positions;
      script.news({ kind: 'unreadable_news', received: '' });
      script.wait(80_000);
      expect([late, ...script.takeSaid()]).toEqual(expect.arrayContaining(['asked pause_entries', 'adjusted -200 (external_trade)']));
    }
  });

  test('D6: shares that come, or go without an execution, shut their name only', () => {
    const script = held();
    const theirs = script.view({ clientId: 'by-hand' as ReturnType<typeof clientId>, side: 'buy', status: 'filled', filled: 50 });
    script.world.executions.push(script.fill(theirs, 50, { dollars: 103 }));
    script.world.positions = [script.position(250, 0)];
    script.wait(soon);
    expect(script.takeSaid()).toContain('adjusted 50 (external_trade)');
    script.world.positions = [script.position(220, 0)];
    script.wait(200_000);
    const said = script.takeSaid();
    expect(said).toContain('adjusted -30 (external_trade)');
    expect(said.filter((word) => word.startsWith('asked'))).toEqual([]);
  });

  test.each(['list_open_orders', 'list_positions', 'list_executions', 'read_account'] as const)(
    'D12: a list that cannot be read says nothing about what is held: %s',
    (kind) => {
      const script = held();
      script.looks = (ask) => (ask.kind === kind ? failed : script.look(ask));
      script.world.positions = [];
      script.wait(reading);
      expect(script.execution.state).toBe('ready');
      script.wait(15_000);
      expect(script.takeSaid()).toEqual(['line lost']);
      script.looks = null;
      script.world.positions = [script.position(200)];
      script.wait(6_000);
      expect(script.takeSaid()).toEqual(['line ready']);
    },
  );

  test('D12: a list without a row is believed only of an account that is all cash', () => {
    const script = held();
    script.world.positions = [];
    script.world.account = { ...script.world.account, cash: cash(0), equity: cash(200_000_000) };
    script.wait(90_000);
    expect(script.takeSaid()).toEqual(['line lost']);
  });

  test('D13: fills that were told and are in the list as well are applied once, wherever the reading cuts', () => {
    const script = working();
    const { entry } = parts(script);
    for (const cumulative of [50, 100, 150, 200]) {
      const view = now(entry, { status: cumulative === 200 ? 'filled' : 'partially_filled', filled: cumulative }, cumulative);
      script.told(view, script.fill(entry, 50, { cumulative }));
      script.world.positions = [script.position(cumulative)];
      script.wait(61_000);
    }
    expect(script.takeSaid().filter((said) => said.startsWith('filled'))).toEqual(Array(4).fill('filled entry 50 at 100'));
  });

  test('D13: an order that the broker has had and does not know any more is told', () => {
    const script = working();
    quiet(script);
    script.world.orders = [];
    script.wait(130_000);
    expect(script.takeSaid()).toContain('difference missing_order 200 0');
    expect(script.execution.report().unknown).toHaveLength(3);
  });

  test('its tickers are not mixed up', () => {
    const script = held();
    script.world.positions = [script.position(200), { ...script.position(1), ticker: ticker('BBB') }];
    script.wait(soon);
    expect(script.takeSaid()).toEqual(['difference orphan 0 1', 'quarantined 1', 'adjusted 1 (orphan)']);
  });
});
