import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '#adapters/headlines/csv';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** Rows as their cells, refusals as their problem, each after its line. */
async function read(text: string, size = 7): Promise<readonly (readonly [number, readonly string[] | string])[]> {
  const records: (readonly [number, readonly string[] | string])[] = [];
  for await (const record of readCsv(pieces(text, size)))
    records.push([record.line, record.kind === 'row' ? record.cells : record.problem]);
  return records;
}

const rows: readonly [what: string, text: string, records: readonly (readonly [number, readonly string[] | string])[]][] = [
  [
    'plain cells',
    'a,b\nc,d\n',
    [
      [1, ['a', 'b']],
      [2, ['c', 'd']],
    ],
  ],
  ['no newline at the end', 'a,b', [[1, ['a', 'b']]]],
  [
    'empty cells',
    ',\na,\n',
    [
      [1, ['', '']],
      [2, ['a', '']],
    ],
  ],
  ['an empty last cell at the end of the file', 'a,', [[1, ['a', '']]]],
  [
    'commas, quotes and newlines in quotes',
    '"a,b","say ""hi""","x\ny"\nc,d,e',
    [
      [1, ['a,b', 'say "hi"', 'x\ny']],
      [3, ['c', 'd', 'e']],
    ],
  ],
  [
    'line ends of Windows',
    'a,b\r\n"c",d\r\n',
    [
      [1, ['a', 'b']],
      [2, ['c', 'd']],
    ],
  ],
  [
    'empty lines',
    'a,b\n\n\nc,d',
    [
      [1, ['a', 'b']],
      [4, ['c', 'd']],
    ],
  ],
  ['an empty quoted cell', '"",b', [[1, ['', 'b']]]],
  [
    'a quote inside a plain cell',
    'a,b\nc 5" pipe,d\ne,f',
    [
      [1, ['a', 'b']],
      [2, 'stray_quote'],
      [3, ['e', 'f']],
    ],
  ],
  [
    'text after a closing quote',
    '"a"b,c\ne,f',
    [
      [1, 'stray_quote'],
      [2, ['e', 'f']],
    ],
  ],
  [
    'a quote that never closes',
    'a,b\nc,"d\ne,f\n',
    [
      [1, ['a', 'b']],
      [2, 'open_quote'],
      [3, ['e', 'f']],
    ],
  ],
];
for (const [what, text, records] of rows) {
  test(`reads ${what}, however the text is cut`, async () => {
    for (const size of [1, 2, 3, 1000]) expect(await read(text, size)).toEqual(records);
  });
}

test('a quote that stays open does not swallow the rest of a long file', async () => {
  const text = `a,b\nc,"d\n${'e,f\n'.repeat(400_000)}`;
  const records = await read(text, 65_536);
  expect(records[1]).toEqual([2, 'open_quote']);
  expect(records).toHaveLength(400_002);
  expect(records.at(-1)).toEqual([400_002, ['e', 'f']]);
});

test('a quoted record that is too long is told as that, and the rows behind it are read, however the text is cut', async () => {
  const text = `a,b\nc,"${'d\n'.repeat(70_000)}"\ne,f\n`;
  for (const size of [10_000, 65_536, 1 << 20])
    expect(await read(text, size)).toEqual([
      [1, ['a', 'b']],
      [2, 'too_long'],
      [70_003, ['e', 'f']],
    ]);
});

test('a line without an end is refused once and bounded in memory', async () => {
  const text = `a,b\n${'x'.repeat(3_000_000)}\nc,d\n`;
  expect(await read(text, 10_000)).toEqual([
    [1, ['a', 'b']],
    [2, 'too_long'],
    [3, ['c', 'd']],
  ]);
});

test('whatever is written by the rules is read back', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '😀') });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (cells, size) => {
      const text = cells.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect((await read(text, size)).map(([, row]) => row)).toEqual(cells);
    }),
  );
});
