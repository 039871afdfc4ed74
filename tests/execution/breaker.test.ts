import { describe, expect, test } from 'vitest';
import { minuteOf } from '#domain/values/instant';
import { symbolIndex } from '#domain/values/symbol';
import type { Answer } from '#engine/ports/brokerage';
import { quiet } from './held.js';
import { e4, refused, Script } from './script.js';

const failed: Answer = { kind: 'ambiguous', why: 'server_error', said: '503' };

/** An entry in that name, answered so; what was said of it. */
function entry(script: Script, symbol: number, answer: Answer): readonly string[] {
  script.act({ orders: [script.bracket(symbol)] });
  script.answer('submit_bracket', answer);
  return script.takeSaid();
}

/** So many names of 200 shares each, without any stop. */
function holding(names: number): Script {
  const script = Script.ready();
  for (let symbol = 0; symbol < names; symbol++)
    script.record({
      kind: 'position_adjusted',
      symbol: symbolIndex(symbol),
      shares: 200,
      price: e4(100),
      cause: 'orphan',
      bar: minuteOf(script.now),
    });
  return script;
}

const stop = (script: Script, symbol: number): void => script.act({ orders: [[script.exit(200, { stop: 98, symbol })]] });

describe('a broker that fails with 500 to 503', () => {
  test('A4: after three entries in a row whose fate nobody knows none leaves for a minute, and until a comparison after that is clean', () => {
    const script = Script.ready();
    expect(entry(script, 0, failed)).toEqual(['unknown entry']);
    expect(entry(script, 1, failed)).toEqual(['unknown 8-entry']);
    expect(script.execution.state).toBe('ready');
    expect(entry(script, 2, failed)).toEqual(['line reconciling', 'unknown 9-entry']);
    quiet(script);
    script.act({ orders: [script.bracket(3)] });
    expect(script.takeSaid()).toEqual(['entry', 'stop', 'target'].map((role) => `rejected 10-${role} (not_sent)`));
    script.wait(59_999);
    expect(script.execution.state).toBe('reconciling');
    script.wait(60_000);
    expect(script.execution.state).toBe('ready');
    script.act({ orders: [script.bracket(4)] });
    expect(script.takeSent()).toHaveLength(1);
  });

  test('A4: the one that is sent to see goes alone, and shuts entries for longer when it fails too', () => {
    const script = Script.ready();
    for (const symbol of [0, 1, 2]) entry(script, symbol, failed);
    script.wait(120_000);
    quiet(script);
    script.act({ orders: [script.bracket(3), script.bracket(4)] });
    expect(script.takeSent()).toHaveLength(1);
    script.answer('submit_bracket', failed);
    script.wait(119_000);
    expect(script.execution.state).toBe('reconciling');
    script.wait(61_000);
    expect(script.execution.state).toBe('ready');
  });

  test('A4: a plain no in between is an answer: only failures in a row count', () => {
    const script = Script.ready();
    const answers = [failed, failed, refused('buying_power'), failed, failed];
    for (const [symbol, answer] of answers.entries()) entry(script, symbol, answer);
    expect(script.execution.state).toBe('ready');
  });

  test('A4: entries that fail hold up no exit', () => {
    const script = holding(6);
    for (const symbol of [7, 8, 9]) entry(script, symbol, failed);
    expect(script.execution.state).toBe('reconciling');
    quiet(script);
    stop(script, 5);
    expect(script.takeSent()).toEqual(['sell 200 stop 98 exit-1-1 (protect)']);
  });

  test('A4: exits that fail go on after waits that grow to four seconds, and shut no entry', () => {
    const script = holding(8);
    const lost = (symbol: number): void => {
      stop(script, symbol);
      script.answer('submit_exit', failed);
    };
    for (const symbol of [0, 1, 2]) lost(symbol);
    expect(script.execution.state).toBe('ready');
    for (const [place, wait] of [500, 1_000, 2_000, 4_000, 4_000].entries()) {
      quiet(script);
      stop(script, 3 + place);
      script.wait(wait - 1);
      expect(script.takeSent()).toEqual([]);
      script.wait(1);
      expect(script.takeSent()).toHaveLength(1);
      script.answer('submit_exit', failed);
    }
    expect(script.execution.state).toBe('ready');
  });

  test('A4: an exit that waits does not wait for longer because others fail meanwhile', () => {
    const script = holding(8);
    for (const symbol of [0, 1, 2, 3]) stop(script, symbol);
    for (const _ of [0, 1, 2]) script.answer('submit_exit', failed);
    stop(script, 4);
    stop(script, 5);
    script.wait(400);
    script.answer('submit_exit', failed);
    quiet(script);
    script.wait(100);
    expect(script.takeSent()).toHaveLength(2);
  });

  test('A4: the first that is answered opens the way for all', () => {
    const script = holding(8);
    for (const symbol of [0, 1, 2, 3]) stop(script, symbol);
    for (const _ of [0, 1, 2]) script.answer('submit_exit', failed);
    stop(script, 4);
    quiet(script);
    script.answer('submit_exit', refused('bad_price'));
    expect(script.takeSent()).toHaveLength(1);
  });
});
