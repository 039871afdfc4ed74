import { describe, expect, test } from 'vitest';
import { patience } from '#engine/execution/patience';
import { held, parts } from './held.js';
import { now, type Script } from './script.js';

const bare = (script: Script): readonly string[] => script.takeSaid().filter((said) => said.startsWith('uncovered'));

describe('shares are covered', () => {
  test('by no stop of the other side', () => {
    const script = held();
    script.world.positions = [script.position(-100)];
    script.wait(patience.reconcileMs + 11_000);
    expect(script.takeSaid()).toContain('adjusted -300 (external_trade)');
    script.wait(5_000);
    expect(bare(script)).toEqual(['uncovered 100 of 100']);
  });

  test('by no stop of which the broker says a word that nobody knows', () => {
    const script = held();
    script.looks = (ask) => (ask.kind === 'read_order' ? null : script.look(ask));
    script.news({ kind: 'order_news', order: now(parts(script).stop, { status: 'unknown' }), execution: null });
    script.wait(5_000);
    expect(bare(script)).toEqual(['uncovered 200 of 200']);
  });
});
