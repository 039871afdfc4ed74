import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { checkStore } from '#main/bars/check-store';
import { importBars } from '#main/bars/import-bars';
import { listStore } from '#main/bars/list-store';

const entry = new URL('../../../dist/main/bars/import-bars.js', import.meta.url);
const ROUNDS = 14;

/** Sixty symbols, every regular minute of the sessions. */
function write(path: string, dates: readonly string[], price: number): string {
  const rows = ['symbol,timestamp_utc,open,high,low,close,volume'];
  for (let symbol = 0; symbol < 60; symbol++) {
    for (const date of dates) {
      for (let minute = 0; minute < 390; minute++) {
        const at = 13 * 60 + 30 + minute;
        const clock = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
        rows.push(`S${symbol},${date}T${clock}:00Z,${price},${price},${price},${price},1`);
      }
    }
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

/** Runs an import in a process of its own; kills it without warning so many milliseconds after its start. */
async function importKilled(input: string, store: string, afterMs: number): Promise<'killed' | 'ended'> {
  const options = JSON.stringify({ inputs: [input], store, barLabel: 'start', replace: true });
  const code = `import(${JSON.stringify(entry.href)}).then(({ importBars }) => { process.stdout.write('.'); return importBars(${options}); })`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<'killed' | 'ended'>((resolve) =>
    child.on('exit', (_, signal) => resolve(signal === 'SIGKILL' ? 'killed' : 'ended')),
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await Promise.race([wait(afterMs), ended]);
  child.kill('SIGKILL');
  return ended;
}

test.skipIf(!existsSync(entry))('an import that is killed at any moment leaves the store old or new, never between', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const store = join(folder, 'store');
  const old = write(join(folder, 'old.csv'), ['2018-03-12', '2018-03-13'], 10);
  const fresh = write(join(folder, 'new.csv'), ['2018-03-13', '2018-03-14', '2018-03-15'], 11);
  const started = performance.now();
  expect((await importBars({ inputs: [fresh], store: join(folder, 'probe'), barLabel: 'start', replace: true })).ok).toBe(true);
  const span = (performance.now() - started) * 1.2;
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rmSync(store, { recursive: true, force: true });
    expect((await importBars({ inputs: [old], store, barLabel: 'start', replace: false })).ok).toBe(true);
    outcomes.push(await importKilled(fresh, store, (span * round) / ROUNDS));
    const listed = await listStore(store);
    const sessions = listed.ok ? listed.value.sessions.length : 0;
    expect([2, 4]).toContain(sessions);
    expect(await checkStore(store)).toEqual({ ok: true, value: { sessions, rows: sessions * 60 * 390, faults: [] } });
    expect((await importBars({ inputs: [fresh], store, barLabel: 'start', replace: true })).ok).toBe(true);
    expect(await checkStore(store)).toMatchObject({ ok: true, value: { sessions: 4, faults: [] } });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  }
  expect(outcomes).toContain('killed');
  rmSync(folder, { recursive: true });
});
