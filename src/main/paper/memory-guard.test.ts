import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { MemoryGuard, memoryShare } from '#main/paper/memory-guard';

const SECONDS = 1_000;

test('G3: four fifths of the memory shut entries, once, and they are open again below three fifths', () => {
  const told: string[] = [];
  const said: string[] = [];
  const state = { ms: 0, share: 0 };
  const guard = new MemoryGuard({
    doubter: { doubt: (why) => void told.push(why), trust: () => void told.push('trusted') },
    say: (line) => void said.push(line),
    share: () => state.share,
    machine: () => state.ms,
  });
  const look = (ms: number, share: number): readonly string[] => {
    Object.assign(state, { ms, share });
    guard.look(instant(1));
    return told.splice(0);
  };
  const looks = [[0, 0.79] as const, [9_999, 0.8] as const, [10_000, 0.8] as const, [20_000, 0.9] as const, [30_000, 0.6] as const];
  expect(looks.map(([ms, share]) => look(ms, share))).toEqual([[], [], ['little memory is left'], [], []]);
  expect(look(40 * SECONDS, 0.59)).toEqual(['trusted']);
  expect(said[0]).toContain('ALARM    80 % of the memory');
});

test('G3: what is used of a small heap is a large share of it', () => {
  const here = memoryShare();
  expect(here).toBeGreaterThan(0);
  expect(here).toBeLessThan(1);
  const typescript = fileURLToPath(new URL('../../engine/journal/testing/run-typescript.mjs', import.meta.url));
  const script = `
    const { memoryShare } = await import('#main/paper/memory-guard');
    const before = memoryShare();
    const kept = Array.from({ length: 1_500_000 }, (_, place) => ({ place }));
    console.log(memoryShare() - before, kept.length);`;
  const options = ['--max-old-space-size=128', '--conditions=catalyst-source', '--import', typescript, '--input-type=module', '-e', script];
  const ran = spawnSync(process.execPath, options, { encoding: 'utf8', cwd: fileURLToPath(new URL('../../..', import.meta.url)) });
  expect(ran.stderr).toBe('');
  expect(Number.parseFloat(ran.stdout)).toBeGreaterThan(0.2);
});
