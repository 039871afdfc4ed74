import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let root = '';

/** Gives tests, and the processes that they start, a folder for temporary files of their own. */
export function setup(): void {
  root = mkdtempSync(join(tmpdir(), 'catalyst-tests-'));
  Object.assign(process.env, { TMPDIR: root });
}

export function teardown(): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}
