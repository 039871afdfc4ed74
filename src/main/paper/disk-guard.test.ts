import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { DiskGuard } from '#main/paper/disk-guard';
import { Doubts } from '#main/paper/doubts';

const MB = 1 << 20;
const SECONDS = 1_000;

/** A guard of a disk with so much room, and what the house is told at each look. */
function guarded(room: number) {
  const told: string[] = [];
  const said: string[] = [];
  const state = { ms: 0, free: room * MB, isKept: false, quota: Number.POSITIVE_INFINITY, tries: 0 };
  const doubts = new Doubts({ doubt: (why) => void told.push(why), trust: () => void told.push('trusted') });
  const guard = new DiskGuard({
    directory: '/journals/made-up',
    reserve: {
      get isKept() {
        return state.isKept;
      },
      keep: () => {
        state.tries++;
        state.isKept = Math.min(state.free, state.quota) >= 16 * MB;
      },
    },
    doubter: doubts.doubter(),
    say: (line) => void said.push(line),
    free: () => state.free,
    machine: () => state.ms,
  });
  const look = (ms: number, megabytes: number): readonly string[] => {
    state.ms = ms;
    state.free = megabytes * MB;
    guard.look(instant(1));
    return told.splice(0);
  };
  return { look, said, state, doubts, told };
}

test('G4: less than 64 MB shut entries, once, and they are open again from 128 on', () => {
  const { look, said } = guarded(1_000);
  const looks = [
    look(0, 64),
    look(5 * SECONDS, 63),
    look(10 * SECONDS, 62),
    look(15 * SECONDS, 127),
    look(20 * SECONDS, 128),
    look(25 * SECONDS, 64),
  ];
  expect(looks).toEqual([[], ['the disk is nearly full'], [], [], ['trusted'], []]);
  expect(said).toEqual([expect.stringContaining('ALARM    the disk of /journals/made-up has 63 MB left: no entries'), expect.any(String)]);
});

test('G4: a reserve that has been given up shuts entries at once, whatever the disk says, until it is kept again', () => {
  const { look, state, said } = guarded(1_000);
  look(0, 1_000);
  state.isKept = false;
  expect(look(1, 1_000)).toEqual(['the disk is nearly full']);
  expect(said[1]).toContain('the 16 MB that were kept in reserve are being written now');
  expect(look(5_001, 1_000)).toEqual(['trusted']);
  expect(state.isKept).toBe(true);
});

test('G4: a reserve that is given up while entries are shut is told of, once', () => {
  const { look, state, said } = guarded(1_000);
  look(0, 1);
  state.isKept = false;
  for (const ms of [1, 2, 6_000, 12_000]) look(ms, 1);
  expect(said.filter((line) => line.includes('kept in reserve'))).toHaveLength(1);
});

test('G4: a start without room for the reserve enters nothing, and calls nothing given up that was never kept', () => {
  const { look, said } = guarded(15);
  expect(look(0, 15)).toEqual(['the disk is nearly full']);
  expect(said).toHaveLength(1);
});

test('G4: where a quota leaves no room on a disk that has some, the reserve is tried for once a minute and not at every look', () => {
  const { look, state } = guarded(1_000);
  look(0, 1_000);
  Object.assign(state, { isKept: false, quota: 1, tries: 0 });
  const looks = Array.from({ length: 60 }, (_, place) => look((place + 1) * 5 * SECONDS, 1_000));
  expect([looks.flat(), state.tries]).toEqual([['the disk is nearly full'], 5]);
  state.quota = 100 * MB;
  expect([look(400 * SECONDS, 1_000), state.isKept]).toEqual([['trusted'], true]);
});

test('the disk is looked at every five seconds', () => {
  const { look } = guarded(1_000);
  look(0, 1_000);
  expect([look(4_999, 1), look(5_000, 1)]).toEqual([[], ['the disk is nearly full']]);
});

test('G2, G4: entries are open again when the last of two reasons is gone, and the one that is left is said', () => {
  const { look, doubts, told } = guarded(1_000);
  const other = doubts.doubter();
  look(0, 1);
  other.doubt('the process stood still', instant(1));
  other.trust(instant(2));
  expect(told.splice(0)).toEqual(['the process stood still', 'the disk is nearly full']);
  expect(look(5 * SECONDS, 500)).toEqual(['trusted']);
  other.trust(instant(3));
  expect(told).toEqual([]);
});
