import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedBinaries } from '#adapters/postgres/server/binaries';
import { program } from '../journeys/catalyst.js';
import { serverFolder, serverUser } from './cluster.js';

/**
 * A disk of its own, of so many megabytes. As root in a name space of mounts only: the root of a user's name space could not
 * become anybody else, and PostgreSQL refuses to be root.
 */
function onSmallDisk(megabytes: number, disk: string, script: string): { readonly code: number | null; readonly out: string } {
  const mounted = `mkdir -p "$0" && mount -t tmpfs -o mode=755,size=${megabytes}m tmpfs "$0" && { ${script}; } 2>&1`;
  const { status, stdout } = spawnSync('unshare', ['-m', 'bash', '-c', mounted, disk, process.execPath, program], { encoding: 'utf8' });
  return { code: status, out: stdout ?? '' };
}

const work = serverFolder('full');
const isPossible = process.getuid?.() === 0 && onSmallDisk(1, join(work, 'try'), 'true').code === 0;
const isThere = isPossible && installedBinaries().ok && serverUser() !== null;
const why = isThere ? '' : ' (skipped: no disk of its own may be mounted here, or there is no server)';

test.skipIf(!isThere)(
  `G4: a disk too small for a database: one sentence with what the server said, and nothing half-made${why}`,
  { timeout: 120_000 },
  () => {
    const { code, out } = onSmallDisk(
      20,
      join(work, 'small'),
      '"$1" "$2" db start --database "$0/home"; code=$?; ls "$0/home"; exit $code',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^catalyst: the disk is full: \d+ MB free at .*No space left on device.*free some space/m);
    expect(out).not.toMatch(/\n\s+at /);
    expect(out.trim().split('\n').slice(1)).toEqual(['password']);
  },
);

test.skipIf(!isThere)(
  `G4: a disk that is full when the server starts: told in its own words, and it starts with room again${why}`,
  { timeout: 120_000 },
  () => {
    const start = '"$1" "$2" db start --database "$0/home"';
    const stop = '"$1" "$2" db stop --database "$0/home"';
    // Killed, so that it has something to recover: that takes room, and so does the file of its number.
    const script = `${start} && kill -9 $(head -1 "$0/home/cluster/postmaster.pid"); sleep 1; echo ---
    dd if=/dev/zero of="$0/filler" bs=4k status=none; ${start}; echo "code $?"; echo ---
    rm "$0/filler"; ${start} && ${stop}`;
    const { code, out } = onSmallDisk(150, join(work, 'filled'), script);
    const [first = '', full = '', again = ''] = out.split('---\n');
    expect(first).toContain('started: PostgreSQL 17');
    expect(full).toMatch(/catalyst: .*(?:disk is full|ENOSPC).*free some space/);
    expect(full).toContain('code 1');
    expect(full).not.toMatch(/\n\s+at /);
    expect([code, again]).toEqual([0, expect.stringMatching(/^started: [\s\S]*stopped: process \d+\n$/)]);
  },
);
