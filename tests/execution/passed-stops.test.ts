import { describe, expect, test } from 'vitest';
import type { SessionDate } from '#domain/values/session-date';
import { frame, still } from '../bar-columns.js';
import { held, parts, quiet, working } from './held.js';
import { e4, now, type Script } from './script.js';

/** A minute of the first name has closed there. */
function closes(script: Script, dollars: number, regular = true): void {
  script.record({ kind: 'bars_closed', frame: frame(600, [still(e4(dollars))], regular) });
  script.drain();
}

/** The target has sold 50 of the 200 shares, and since then neither leg does anything (B13). */
function dead(): Script {
  const script = held();
  const { target, stop } = parts(script);
  const sold = now(target, { status: 'partially_filled', filled: 50 });
  script.told(sold, script.fill(sold, 50, { dollars: 104 }));
  script.told(now(stop, { shares: 150 }));
  script.world.positions = [script.position(150, 0)];
  quiet(script);
  return script;
}

describe('a stop that the price has passed', () => {
  test('B12: ten seconds after a price beyond it the stop counts as none, and is told of without another grace', () => {
    const script = held();
    closes(script, 97);
    script.wait(9_999);
    expect(script.takeSaid()).toEqual([]);
    script.wait(1);
    expect(script.takeSaid()).toEqual(['uncovered 200 of 200']);
  });

  test('B13: what the target has left is told of as well when neither leg works any more', () => {
    const script = dead();
    closes(script, 97.9);
    script.wait(10_000);
    expect(script.takeSaid()).toEqual(['uncovered 150 of 150']);
  });

  test('B13: the way out ends the dead legs, the stop last, and sells what is left', () => {
    const script = dead();
    closes(script, 97.9);
    script.act({ orders: [[script.exit(150, { reason: 'protective_stop' })]] });
    expect(script.takeSent()).toEqual(['cancel b1 (flatten)']);
    script.answer('cancel_order', { kind: 'done' });
    script.world.positions = [script.position(150)];
    script.told(now(parts(script).target, { status: 'canceled' }, 5));
    script.told(now(parts(script).stop, { status: 'canceled' }, 5));
    expect(script.takeSent()).toEqual([expect.stringMatching(/^sell 150 at market .* \(flatten\)$/)]);
  });

  test('B12: a stop that fills within that time is told of by its fill alone', () => {
    const script = held();
    closes(script, 97);
    script.wait(5_000);
    const sold = now(parts(script).stop, { status: 'filled', filled: 200 });
    script.told(sold, script.fill(sold, 200, { dollars: 97 }));
    script.world.positions = [];
    script.wait(20_000);
    expect(script.takeSaid().filter((said) => said.startsWith('uncovered'))).toEqual([]);
  });

  test.each<[why: string, pass: (script: Script) => void]>([
    ['the next minute is above it', (script) => (closes(script, 97), script.wait(5_000), closes(script, 98.01))],
    ['the minute is none of the session', (script) => closes(script, 97, false)],
    ['the price is so far away that one minute does not count', (script) => closes(script, 50)],
    [
      'the session is over',
      (script) => (
        closes(script, 97), script.record({ kind: 'session_closed', date: '2026-11-30' as SessionDate, lastBar: null, complete: true })
      ),
    ],
  ])('B12: it goes on as a stop when %s', (_, pass) => {
    const script = held();
    pass(script);
    script.wait(30_000);
    expect(script.takeSaid()).toEqual([]);
  });

  test('a stop of a name that is not held is nobody’s', () => {
    const script = working();
    closes(script, 97);
    script.wait(30_000);
    expect(script.takeSaid()).toEqual([]);
  });
});
