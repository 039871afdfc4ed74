import { describe, expect, test } from 'vitest';
import type { DecisionRecord } from '#domain/decisions/decision-record';
import { cash } from '#domain/values/cash';
import { symbolIndex } from '#domain/values/symbol';
import { at } from '#tests/one-service';
import { only, order, pnlOf, stamp, ToldDay, wanted } from './told-day.js';

describe('a time stop that a person overrules', () => {
  function kept(): DecisionRecord {
    const day = new ToldDay();
    const intent = day.holds();
    day.runsTo('11:55');
    const question = day.asks('time_stop', intent, '11:55', '12:00', ['close', 'keep']);
    const answer = { question, terms: 'y', choice: 'keep', because: 'hope', code: null, by: 'bob', from: 'person' } as const;
    day.says({ kind: 'answer_given', ...answer }, at('11:56'), 1);
    day.says({ kind: 'request_refused', request: 1, by: 'bob', fault: 'changed_terms', subject: question, detail: '' }, at('11:56'));
    day.settles(question, '11:57', { subject: 'time_stop', intent, choice: 'keep' });
    day.leaves(intent, '15:00', 244.3);
    return only(day.ends(), 'time_stop');
  }

  test('is worth what the position made beyond what closing it would have: about 630 dollars', () => {
    const decision = kept();
    expect(pnlOf(decision, 'keep')).toBe(1_800_000);
    // A market order pays a few cents a share to cross, and fees.
    expect(pnlOf(decision, 'close')).toBeGreaterThan(-4_600_000);
    expect(pnlOf(decision, 'close')).toBeLessThan(-4_490_000);
    expect(decision.judgement.advantage).toBe(1_800_000 - (pnlOf(decision, 'close') ?? 0));
    expect(decision).toMatchObject({ override: true, chosen: 'keep', recommended: 'close', judgement: { grade: 'right', missedGain: 0 } });
  });

  test('tells who chose, when and why, what the position stood at, and the answer that did not count', () => {
    const { chosenBy, refusedAnswers, snapshot } = kept();
    expect(chosenBy).toEqual({ by: 'ann', at: at('11:57'), because: 'the tape', code: 'price_action' });
    expect(refusedAnswers).toEqual([{ at: at('11:56'), by: 'bob', choice: 'keep', because: 'hope', fault: 'changed_terms', detail: '' }]);
    expect(snapshot.positions).toMatchObject([{ shares: 100, entry: 2_425_000, price: 2_380_000, unrealised: -4_500_000, minutes: 114 }]);
    expect(snapshot.dayPnl).toBe(-4_500_000);
  });
});

describe('an entry that a person is asked about', () => {
  function answered(choice: 'enter' | 'decline', settlement: 'answered' | 'expired' = 'answered'): readonly DecisionRecord[] {
    const day = new ToldDay(259, '11:00');
    day.runsTo('10:00');
    const intent = day.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    day.says({ kind: 'approval_wanted', intent, order, stamp }, at('10:00'));
    const question = day.asks('entry', intent, '10:00', '10:05', ['enter', 'decline']);
    const by = settlement === 'expired' ? '' : 'ann';
    day.settles(question, '10:01', { subject: 'entry', intent, choice, settlement, by, override: choice === 'decline' });
    return day.ends();
  }

  test('and declines: the shadow enters at that instant, in the same shares, and reaches the target', () => {
    const decision = only(answered('decline'), 'entry');
    const entering = decision.roads.find(({ choice }) => choice === 'enter');
    expect(entering).toMatchObject({ shares: 100, sizedAlone: false, barrier: 1, outcome: { filled: 100, reason: 'profit_target' } });
    expect(decision.judgement).toMatchObject({ grade: 'wrong', avoidedLoss: 0 });
    expect(decision.judgement.missedGain).toBe(entering?.outcome?.pnl);
    expect(decision.judgement.advantage).toBe(-(entering?.outcome?.pnl ?? 0));
  });

  test('and says nothing: the rules chose, and nothing was bought', () => {
    const decision = only(answered('decline', 'expired'), 'entry');
    expect(decision.chosenBy?.by).toBe('rules');
    expect(decision.cause).toMatchObject({ kind: 'asked', settlement: 'expired' });
    expect(pnlOf(decision, 'decline')).toBe(0);
  });

  test('and accepts, but the rules refuse it then: one decision with both, beside what the exact order would have made', () => {
    const day = new ToldDay(259, '11:00');
    day.runsTo('10:00');
    const intent = day.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
    day.says({ kind: 'approval_wanted', intent, order, stamp }, at('10:00'));
    const question = day.asks('entry', intent, '10:00', '10:05', ['enter', 'decline']);
    day.settles(question, '10:01', { subject: 'entry', intent, choice: 'enter', override: false });
    const refusals = [{ kind: 'halted', level: 'pause_entries', reason: 'requested' }] as const;
    const told = { symbol: order.symbol, side: 'buy', stop: order.stop, shares: order.shares, stamp } as const;
    day.says({ kind: 'intent_refused', intent, ...told, refusals }, at('10:01'));
    const decision = only(day.ends(), 'entry');
    expect(decision).toMatchObject({ id: String(question), chosen: 'decline', override: false, chosenBy: { by: 'rules' } });
    expect(decision.cause).toMatchObject({ settlement: 'answered', acceptedBy: { by: 'ann', at: at('10:01') }, refusals });
    expect(decision.roads.find(({ choice }) => choice === 'enter')).toMatchObject({ shares: 100, outcome: { reason: 'profit_target' } });
  });
});

test('a warning that is asked about is one decision; closing everything is laid beside holding on', () => {
  const day = new ToldDay(233);
  const intent = day.holds();
  day.runsTo('11:00');
  day.says({ kind: 'loss_warned', pnl: cash(-4_500_000), limit: cash(6_000_000), share: 0.75 }, at('11:00'));
  const question = day.asks('loss_warning', 0, '11:00', '11:05', ['hold', 'close_losers', 'close_all']);
  day.settles(question, '11:05', { subject: 'loss_warning', choice: 'hold', settlement: 'expired', override: false, by: '' });
  day.leaves(intent, '13:01', 234);
  const decision = only(day.ends(), 'loss_warning');
  expect(pnlOf(decision, 'hold')).toBe(-8_500_000);
  expect(pnlOf(decision, 'close_losers')).toBe(pnlOf(decision, 'close_all'));
  expect(pnlOf(decision, 'close_all')).toBeGreaterThan(-4_600_000);
  expect(decision.judgement.grade).toBe('wrong');
});

test('a position that a person closes is laid beside the bracket that would have gone on', () => {
  const day = new ToldDay(259);
  const intent = day.holds();
  day.runsTo('12:59');
  day.says(
    { kind: 'close_requested', symbol: symbolIndex(0), because: 'tired', code: 'conviction', by: 'ann', from: 'person' },
    at('12:59'),
  );
  day.leaves(intent, '13:00', 238);
  const decision = only(day.ends(), 'close');
  const shadow = decision.roads.find(({ choice }) => choice === 'keep')?.outcome;
  // The bracket fills its target, unless a time stop has come before it.
  expect(['profit_target', 'time_stop']).toContain(shadow?.reason);
  expect(decision).toMatchObject({ override: true, recommended: 'keep', intent, chosenBy: { by: 'ann', code: 'conviction' } });
  expect(decision.judgement.advantage).toBe(-4_500_000 - (shadow?.pnl ?? 0));
});

test('a halt that flattens is laid beside going on without it', () => {
  const day = new ToldDay(233);
  const intent = day.holds();
  day.runsTo('11:00');
  day.says({ kind: 'halt_ordered', reason: 'daily_loss', level: 'flatten', pnl: cash(-1), limit: cash(0) }, at('11:00'));
  day.leaves(intent, '11:01', 238);
  const decision = only(day.ends(), 'halt');
  expect(pnlOf(decision, 'close_all')).toBe(-4_500_000);
  expect(decision.roads.map(({ choice }) => choice)).toEqual(['close_all', 'hold']);
  expect(decision.judgement.grade).not.toBe('unresolved');
});

test('a shadow is not cast over half a day: what a declined entry would have made stays unknown when the journal breaks off', () => {
  const day = new ToldDay(259);
  day.runsTo('10:00');
  const intent = day.says({ kind: 'intent_formed', intent: wanted }, at('10:00'));
  day.says({ kind: 'approval_wanted', intent, order, stamp }, at('10:00'));
  const question = day.asks('entry', intent, '10:00', '10:05', ['enter', 'decline']);
  day.settles(question, '10:01', { subject: 'entry', intent, choice: 'decline' });
  day.runsTo('14:00');
  const decision = only(day.breaksOff(), 'entry');
  expect(decision.roads.find(({ choice }) => choice === 'enter')?.outcome).toBeNull();
  expect(decision.judgement.grade).toBe('unresolved');
});

test('a journal that breaks off leaves open what it does not know', () => {
  const day = new ToldDay();
  const intent = day.holds();
  day.runsTo('11:55');
  day.asks('time_stop', intent, '11:55', '12:00', ['close', 'keep']);
  const records = day.breaksOff();
  expect(only(records, 'time_stop')).toMatchObject({ chosen: null, chosenBy: null, judgement: { grade: 'unresolved', advantage: null } });
  expect(only(records, 'entry').judgement).toEqual({ grade: 'unresolved', advantage: 0, avoidedLoss: null, missedGain: null });
});
