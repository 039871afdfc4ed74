import { describe, expect, test } from 'vitest';
import { held, parts, quiet } from './held.js';
import { now, type Script } from './script.js';

/** 120 of 200 shares are bought, then the rest; the list of positions does not know of the rest yet. */
function filledAhead(): Script {
  const script = held(120);
  const { entry } = parts(script);
  script.told(now(entry, { status: 'filled', filled: 200 }), script.fill(entry, 80, { cumulative: 200 }));
  quiet(script);
  return script;
}

/** Reads everything again now. */
const readAgain = (script: Script): void => script.news({ kind: 'line_ready' });
const differences = (script: Script): readonly string[] =>
  script.takeSaid().filter((said) => /^(difference|adjusted|quarantined)/.test(said));

describe('a list that lags behind the fills', () => {
  test.each([1, 4, 9])('D4: for %i seconds, and is read again and again meanwhile, is no difference', (seconds) => {
    const script = filledAhead();
    for (let second = 0; second < seconds; second++) {
      readAgain(script);
      script.wait(1_000);
    }
    script.world.positions = [script.position(200)];
    script.wait(120_000);
    expect(differences(script)).toEqual([]);
  });

  test('D4: that never comes right is one, once two readings lie ten seconds apart', () => {
    const script = filledAhead();
    readAgain(script);
    script.wait(9_999);
    expect(differences(script)).toEqual([]);
    script.wait(1);
    expect(differences(script)).toEqual(['difference shares 200 120', 'quarantined 0', 'adjusted -80 (external_trade)']);
  });

  test('D4: that tells something else each time is judged by none of its readings', () => {
    const script = filledAhead();
    for (const shares of [120, 130, 140, 150]) {
      script.world.positions = [script.position(shares)];
      readAgain(script);
      script.wait(4_900);
    }
    script.world.positions = [script.position(200)];
    script.wait(120_000);
    expect(differences(script)).toEqual([]);
  });
});
