import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readTextFile } from '#adapters/headlines/text-column';

const folder = mkdtempSync(join(tmpdir(), 'catalyst-texts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, bytes: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

for (const column of ['text', 'Headline', 'sentence', 'TITLE']) {
  test(`a table gives its column ${column}`, async () => {
    const read = await readTextFile(fileOf('one.csv', `date,${column}\n2018-03-01,"Acme, up"\n2018-03-02,Acme down\n`));
    expect(read).toMatchObject({
      value: {
        texts: [
          { line: 2, text: 'Acme, up' },
          { line: 3, text: 'Acme down' },
        ],
      },
    });
  });
}

test('a packed table is unpacked, and its byte order mark is no part of the name', async () => {
  const read = await readTextFile(fileOf('packed.csv.gz', gzipSync('\ufefftext\nAcme up\n')));
  expect(read).toMatchObject({ value: { texts: [{ line: 2, text: 'Acme up' }] } });
});

test('rows that are no CSV, or too short, are left out and named', async () => {
  const read = await readTextFile(fileOf('short.csv', 'date,text\n2018\n2018-03-01,Acme up\n"a"b,c\n'));
  expect(read).toEqual({ ok: true, value: { texts: [{ line: 3, text: 'Acme up' }], refusedLines: [2, 4] } });
});

test('any other file has a text a line', async () => {
  const read = await readTextFile(fileOf('lines.txt', 'Acme, "up"\r\n\nAcme down'));
  expect(read).toMatchObject({
    value: {
      texts: [
        { line: 1, text: 'Acme, "up"' },
        { line: 3, text: 'Acme down' },
      ],
    },
  });
});

test('a table without such a column is refused with what it has', async () => {
  const read = await readTextFile(fileOf('none.csv', 'date,symbol\n2018-03-01,A\n'));
  expect(read).toMatchObject({ ok: false, problem: { kind: 'no_text_column', received: 'date,symbol' } });
});

test('a file that is not there is a problem and no exception', async () => {
  expect(await readTextFile(join(folder, 'missing.csv'))).toMatchObject({
    ok: false,
    problem: { kind: 'unreadable_file', code: 'ENOENT' },
  });
});

test('a line that never ends is left out, and those beside it are read, wherever the pieces part', async () => {
  const long = 'x'.repeat(5_000_000);
  expect(await readTextFile(fileOf('long.txt.gz', gzipSync(`one\r\n${long}\n\ntwo\r\n${long}`)))).toEqual({
    ok: true,
    value: {
      texts: [
        { line: 1, text: 'one' },
        { line: 4, text: 'two' },
      ],
      refusedLines: [2, 5],
    },
  });
});
