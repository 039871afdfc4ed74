import { appendFileSync, cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { thisBuild } from '#main/build';
import { program } from '../journeys/catalyst.js';
import { endChildren } from '../journeys/running-day.js';
import { PaperProcess } from './paper-process.js';
import { trading } from './trading.js';

afterEach(endChildren);

const root = dirname(dirname(program));

/** A copy of this build that differs in one remark. */
function otherBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  for (const part of ['bin', 'dist', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  appendFileSync(join(folder, 'dist/main/version.js'), '// Another build.\n');
  return folder;
}

test('K4: another build at the same account is refused, and told both builds', { timeout: 240_000 }, async () => {
  const { sim, paper, ...made } = await trading();
  const folder = otherBuild();
  const [ours, theirs] = [thisBuild(join(root, 'dist')), thisBuild(join(folder, 'dist'))];
  expect(ours).not.toBe(theirs);
  const second = new PaperProcess({ ...made, sim, build: join(folder, 'bin/catalyst.js') });
  expect(await second.gone()).toBe(4);
  expect(second.err).toContain(`process ${paper.child.pid} trades this account already; it is of build ${ours}, this one of ${theirs}`);
  const third = new PaperProcess({ ...made, sim });
  expect(await third.gone()).toBe(4);
  expect(third.err).toContain(`process ${paper.child.pid} trades this account already, of the same build ${ours}`);
  expect(await paper.end()).toBe(0);
  // Once it has ended, the other one may have the account.
  const next = new PaperProcess({ ...made, sim, build: join(folder, 'bin/catalyst.js') });
  await next.ready();
  expect(await next.end()).toBe(0);
});
