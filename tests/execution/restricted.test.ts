import { describe, expect, test } from 'vitest';
import { bare, held, parts, quiet } from './held.js';
import { now, refused, Script } from './script.js';

const restrict = (script: Script, changes: Partial<Script['world']['account']>): void => {
  script.world.account = { ...script.world.account, ...changes };
};

/** An account that the broker has restricted, as a reading has found it. */
function restricted(script: Script): Script {
  restrict(script, { blocked: 'trading_blocked' });
  script.wait(61_000);
  quiet(script);
  return script;
}

/** An account that is free again after it has refused an exit so often that the next try would be a minute away. */
function freed(): Script {
  const script = restricted(bare());
  script.act({ orders: [[script.exit(200)]] });
  for (let tries = 0; tries < 3; tries++) {
    script.answer('submit_exit', refused('account_blocked'));
    script.wait(60_000);
  }
  script.answer('submit_exit', refused('account_blocked'));
  quiet(script);
  restrict(script, { blocked: null });
  return script;
}

const why = (script: Script): readonly string[] =>
  script.journal.flatMap(({ event }) => (event.kind === 'broker_line_changed' && event.state === 'refused' ? [event.why] : []));

describe('an account that is restricted', () => {
  test.each([
    ['by the broker', { blocked: 'trading_blocked' }, 'trading_blocked'],
    ['by its owner', { suspended: true }, 'suspended by its owner'],
  ])('D6: %s, it is told once and shuts entries for as long as it is so', (_, changes, said) => {
    const script = Script.ready();
    restrict(script, changes);
    script.wait(200_000);
    expect(why(script)).toEqual([`the account is restricted (${said}): nothing is entered, exits are tried`]);
    script.act({ orders: [script.bracket()] });
    expect(script.takeSaid()).toContain('rejected entry (not_sent)');
    expect(script.takeSent()).toEqual([]);
    restrict(script, { blocked: null, suspended: false });
    script.wait(61_000);
    expect(script.execution.state).toBe('ready');
  });

  test('D6: that we have suspended it ourselves is no news, also after a restart', () => {
    const script = Script.ready();
    script.record({ kind: 'suspend_requested' });
    script.execution.suspend();
    script.drain();
    script.answer('suspend_account', { kind: 'done' });
    restrict(script, { suspended: true });
    script.wait(200_000);
    const again = Script.again(script);
    again.execution.start(again.now);
    again.news({ kind: 'line_ready' });
    again.wait(200_000);
    expect([why(script), why(again)]).toEqual([[], []]);
  });

  test('D6: a stop is still placed for what is held', () => {
    const script = restricted(bare());
    script.act({ orders: [[script.exit(200, { stop: 98 })]] });
    expect(script.takeSent()).toEqual(['sell 200 stop 98 exit-1-1 (protect)']);
  });

  test('D6: an exit is tried before the stop is ended for it, and again as long as it is refused', () => {
    const script = restricted(held());
    script.act({ orders: [[script.exit(200)]] });
    expect(script.takeSent()).toEqual(['sell 200 at market exit-1-1 (flatten)']);
    script.answer('submit_exit', refused('account_blocked'));
    script.wait(14_000);
    expect(script.takeSent()).toEqual([]);
    script.wait(2_000);
    expect(script.takeSent()).toEqual(['sell 200 at market exit-1-2 (flatten)']);
  });

  test('D6: what it has refused leaves with the first reading after it is free, however long it would have waited', () => {
    const script = freed();
    script.wait(20_500);
    expect(script.takeSent()).toEqual([expect.stringMatching(/^sell 200 at market .* \(flatten\)$/)]);
  });

  test('D6: a person who frees the account is not made to wait for the next reading', () => {
    const script = freed();
    script.record({ kind: 'resume_requested' });
    script.execution.resume();
    script.drain();
    script.answer('suspend_account', { kind: 'done' });
    script.wait(5_500);
    expect(script.takeSent()).toContainEqual(expect.stringMatching(/^sell 200 at market .* \(flatten\)$/));
  });

  test('D6, I13: the longer it refuses an exit, the less often that is tried', () => {
    const script = restricted(held());
    script.act({ orders: [[script.exit(200)]] });
    let tries = 0;
    for (let seconds = 0; seconds < 600; seconds++) {
      if (script.takeSent().length > 0) {
        tries++;
        script.answer('submit_exit', refused('account_blocked'));
      }
      script.wait(1_000);
    }
    expect(tries).toBe(12);
  });

  test('D6, I13: one that we have suspended ourselves, and that refuses an exit, is told once and not again with each reading', () => {
    const script = bare();
    script.record({ kind: 'suspend_requested' });
    script.execution.suspend();
    script.drain();
    script.answer('suspend_account', { kind: 'done' });
    restrict(script, { suspended: true });
    script.act({ orders: [[script.exit(200)]] });
    for (let seconds = 0; seconds < 600; seconds++) {
      if (script.takeSent().length > 0 && script.open.some(({ ask }) => ask.kind === 'submit_exit'))
        script.answer('submit_exit', refused('account_blocked'));
      script.wait(1_000);
    }
    expect(why(script)).toEqual(['account_blocked']);
    restrict(script, { suspended: false });
    script.wait(61_000);
    expect(script.execution.state).toBe('ready');
  });

  test('D6: one that has refused an exit loses no target for a stop that it would refuse as well', () => {
    const script = restricted(held());
    const exit = script.exit(200);
    script.act({ orders: [[exit]] });
    script.answer('submit_exit', refused('account_blocked'));
    script.told(now(parts(script).stop, { status: 'expired' }));
    script.act({ cancels: [exit.id], orders: [[script.exit(200, { stop: 98 })]] });
    quiet(script);
    script.wait(50_000);
    expect(script.takeSent()).toEqual([]);
    restrict(script, { blocked: null });
    script.wait(61_000);
    expect(script.takeSent()).toContain('cancel b1 (protect)');
  });

  test('D6: one that takes what closes gives its stop for the exit', () => {
    const script = restricted(held());
    script.act({ orders: [[script.exit(200)]] });
    quiet(script);
    script.answer('submit_exit', refused('shares_reserved', 0));
    script.wait(1_000);
    expect(script.takeSent()).toEqual(['cancel b1 (flatten)']);
  });
});
