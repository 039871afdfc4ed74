import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fail, ok } from '#domain/values/result';
import { ticker } from '#domain/values/symbol';
import type { MarketDataSource } from '#engine/ports/market-data';
import { type NamesAsked, namesToFollow } from '#main/paper/names-to-follow';

type Assets = Awaited<ReturnType<MarketDataSource['assets']>>;
const listed = (names: readonly string[], tradable = true) => names.map((name) => ({ ticker: ticker(name), tradable }) as never);

/** What is followed, what is said besides, and what is refused. */
async function found(asked: Partial<NamesAsked>, assets: Assets = ok([...listed(['CCC', 'AAA', 'BRK.B']), ...listed(['OLD'], false)])) {
  const said: string[] = [];
  const source = { assets: async () => assets } as MarketDataSource;
  const names = namesToFollow({ symbols: [], allIfUnsaid: false, ...asked }, source, (line) => void said.push(line));
  return { names: await names.catch((error: Error) => error.message), said };
}

test('names are followed once, in the order of the alphabet; what the broker does not trade is left out and told', async () => {
  expect(await found({ symbols: ['CCC', 'OLD', 'BRK.B', 'CCC', 'NONE'] })).toEqual({
    names: ['BRK.B', 'CCC'],
    said: ['left out: OLD NONE; the broker does not trade them'],
  });
});

test('a file adds its names, with whatever stands between them', async () => {
  const symbolsFile = join(mkdtempSync(join(tmpdir(), 'names-')), 'names.txt');
  writeFileSync(symbolsFile, 'AAA,\n\n CCC\t');
  expect((await found({ symbols: ['BRK.B'], symbolsFile })).names).toEqual(['AAA', 'BRK.B', 'CCC']);
  expect((await found({ symbolsFile: `${symbolsFile}.gone` })).names).toContain('could not be read (ENOENT)');
});

test('when nobody says a name, all of a made-up market are followed, and none of a real one', async () => {
  expect((await found({ allIfUnsaid: true })).names).toEqual(['AAA', 'BRK.B', 'CCC']);
  expect((await found({})).names).toContain('say which names to follow');
});

test.each(['BRK-B', 'aapl', '../x', 'TOOLONGANAME'])('%s is refused, since no listing is called so', async (name) => {
  expect((await found({ symbols: [name] })).names).toContain('is no name of a listing');
});

test('none, too many, or a broker that does not tell: a sentence each', async () => {
  const many = Array.from({ length: 501 }, (_, place) => `N${place}`);
  expect((await found({ symbols: ['OLD'] })).names).toBe('the broker trades none of these names');
  expect((await found({ symbols: many }, ok(listed(many)))).names).toContain('501 names are too many');
  expect((await found({ symbols: many.slice(1) }, ok(listed(many)))).names).toHaveLength(500);
  expect((await found({ symbols: ['AAA'] }, fail({ kind: 'unreadable', field: 'symbol' }))).names).toContain('another shape');
});
