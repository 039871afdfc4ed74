import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { UncleanEnds } from '#main/paper/unclean-ends';

const folder = (): string => mkdtempSync(join(tmpdir(), 'ends-'));
/** Begins at so many seconds. */
const begun = (journal: string, seconds: number): UncleanEnds => new UncleanEnds(journal, instant(1_000_000 + seconds * 1000));

test('G10: two ends that nobody asked for are borne, and the third within five minutes is one too many', () => {
  const journal = folder();
  const found = [0, 10, 20, 299].map((seconds) => begun(journal, seconds)).map(({ count, areTooMany }) => [count, areTooMany]);
  expect(found).toEqual([
    [0, false],
    [1, false],
    [2, false],
    [3, true],
  ]);
});

test('G10: after five minutes an end is forgotten', () => {
  const journal = folder();
  for (const seconds of [0, 10, 20]) begun(journal, seconds);
  expect(begun(journal, 310).count).toBe(2);
  expect(begun(journal, 700).count).toBe(1);
});

test('a process that has said that it ends is none that crashed, and those before it are forgotten', () => {
  const journal = folder();
  for (const seconds of [0, 1, 2, 3]) begun(journal, seconds);
  begun(journal, 4).ended();
  expect(begun(journal, 5).count).toBe(0);
});

test('who has lost the journal to another process does not say for that one that it ended', () => {
  const journal = folder();
  const first = begun(journal, 0);
  writeFileSync(join(journal, 'ends.json'), '{"running":1,"unclean":[]}');
  first.ended();
  expect(begun(journal, 1).count).toBe(1);
});

test.each(['', '{', '[]', 'null', '{"running":"x","unclean":{}}', '{"running":null,"unclean":["x",null]}'])(
  'a file that holds %j knows of no end',
  (text) => {
    const journal = folder();
    writeFileSync(join(journal, 'ends.json'), text);
    expect(begun(journal, 0).count).toBe(0);
  },
);

test('a clock that was set back keeps no end for ever', () => {
  const journal = folder();
  writeFileSync(join(journal, 'ends.json'), '{"running":null,"unclean":[9000000000000]}');
  expect(begun(journal, 0).count).toBe(0);
});
