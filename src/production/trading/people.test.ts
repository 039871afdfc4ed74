import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Choice } from '#domain/session/question';
import { symbolIndex } from '#domain/values/symbol';
import { trading } from '#production/trading/trading';
import { Alone, at, of } from '#tests/one-service';
import { accepted, approved, asked, cancelled, closesAt, fill, holding, id, tradingDay } from '#tests/one-trade';

const close = (because = 'the news is denied', symbol = 0): Event => ({
  kind: 'close_requested',
  symbol: symbolIndex(symbol),
  by: 'ann',
  from: 'person',
  because,
  code: 'news_doubt',
});
const settled = (choice: Choice, subject: 'loss_warning' | 'entry' = 'loss_warning'): Event => ({
  kind: 'question_settled',
  question: 30,
  subject,
  intent: 0,
  settlement: 'answered',
  choice,
  override: true,
  by: 'ann',
  because: 'enough',
  code: 'risk_too_high',
});

describe('somebody wants out of a name', () => {
  test('it is sold at the market, with an entry that still works', () => {
    expect(asked(holding(150).sees(close(), at('10:02')))).toEqual([
      'cancel 7-entry (operator_close)',
      'cancel 7-stop (operator_close)',
      'cancel 7-target (operator_close)',
      'exit market 150 (operator_close)',
    ]);
  });

  test('an entry that has not filled is cancelled, and sold when it fills all the same', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(asked(alone.sees(close(), at('10:01')))).toEqual(['cancel 7-entry (operator_close)']);
    expect(asked(alone.sees(fill(id('entry'), 'buy', 200, 100), at('10:01')))).toContain('exit market 200 (operator_close)');
  });

  test('the trade is told as closed by the operator', () => {
    const alone = holding();
    alone.sees(close(), at('10:02'));
    const said = alone.sees(fill(id('exit-1'), 'sell', 200, 101), at('10:03'));
    expect(of(said, 'position_closed')[0]).toMatchObject({ reason: 'operator_close', rMultiple: 0.5 });
  });

  test('a second wish joins the first: nothing is sold twice', () => {
    const alone = holding();
    alone.sees(close(), at('10:02'));
    expect(alone.sees(close(), at('10:02'))).toEqual([]);
  });

  test('the limit of the way out before the close is not waited for', () => {
    const alone = holding();
    closesAt(alone, '15:50', 101);
    expect(asked(alone.sees(close(), at('15:51')))).toEqual([
      'cancel 7-stop (operator_close)',
      'cancel 7-exit-1 (operator_close)',
      'exit market 200 (operator_close)',
    ]);
  });

  test.each<readonly [what: string, alone: () => Alone, wish: Event, fault: string]>([
    ['without a reason', () => holding(), close(' '), 'no_reason'],
    ['of a name that is not held', () => holding(), close('why not', 1), 'no_position'],
    ['before the first session', () => new Alone(trading()), close(), 'no_position'],
  ])('a wish %s is refused', (_, alone, wish, fault) => {
    expect(alone().sees(wish, at('10:02'))).toEqual([{ kind: 'request_refused', request: 0, by: 'ann', fault, subject: 0, detail: '' }]);
  });

  test('the refusal names the request that the wish was told on from', () => {
    const said: Event[] = [];
    const entry = { sequence: 42, at: at('10:00'), cause: 41, event: close() };
    trading().step(entry, (event) => said.push(event));
    expect(said[0]).toMatchObject({ kind: 'request_refused', request: 41 });
  });

  test('once its entry has ended unfilled, there is no position', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    alone.sees(cancelled('entry'));
    expect(alone.sees(close(), at('10:02'))[0]).toMatchObject({ fault: 'no_position' });
  });
});

describe('a loss warning is settled', () => {
  /** The first name stands below its cost, the second above, the second's entry has 50 shares to go. */
  function two(): Alone {
    const alone = holding();
    alone.sees(approved(1), at('10:00'));
    for (const name of ['entry', 'stop', 'target']) alone.sees(accepted(name, 1));
    alone.sees(fill(id('entry', 1), 'buy', 150, 100, 1), at('10:01'));
    closesAt(alone, '10:02', 99.99, 100);
    return alone;
  }
  const sold = (said: readonly Event[]): readonly string[] => asked(said).filter((ask) => !/-(stop|target) /.test(ask));

  test.each<readonly [choice: Choice, asks: readonly string[]]>([
    ['hold', []],
    ['close_losers', ['exit market 200 (operator_close)']],
    ['close_all', ['exit market 200 (operator_close)', 'cancel 8-entry (operator_close)', 'exit market 150 (operator_close)']],
  ])('%s', (choice, asks) => {
    expect(sold(two().sees(settled(choice), at('10:02')))).toEqual(asks);
  });

  test('an entry of which nothing has filled is no loser', () => {
    const alone = tradingDay();
    alone.sees(approved(), at('10:00'));
    expect(alone.sees(settled('close_losers'), at('10:02'))).toEqual([]);
  });

  test('a choice of another question closes nothing', () => {
    expect(two().sees(settled('close_all', 'entry'), at('10:02'))).toEqual([]);
  });
});
