import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cash } from '#domain/values/cash';
import { instant } from '#domain/values/instant';
import { emptyDirectory, must, writeSample } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import type { Answer } from '#engine/ports/brokerage';
import { bookOf, capitalOf, readAccount } from '#main/paper/open-book';

const account = { id: 'a-1', cash: cash(1_000_000), equity: cash(3_000_000), blocked: null, suspended: false };

test('a folder without a journal begins a new book, with a name of its own each time', () => {
  const books = [1, 2].map(() => bookOf(join(emptyDirectory(), 'none'), { environment: 'paper', account: 'a-1' }));
  expect(books[0]).toEqual({ environment: 'paper', account: 'a-1', name: expect.stringMatching(/^[a-z2-9]{6}$/) });
  expect(books[0]?.name).not.toBe(books[1]?.name);
});

test('A16: a journal goes on for its own account alone, and a journal of made-up days for none', () => {
  const journal = join(emptyDirectory(), 'journal');
  const writer = must(JournalWriter.open(journal));
  writer.append({ kind: 'account_opened', environment: 'paper', book: 'k3v9x2', account: 'a-1' }, instant(1), 0, 'door');
  writer.close();
  expect(bookOf(journal, { environment: 'paper', account: 'a-1' }).name).toBe('k3v9x2');
  expect(() => bookOf(journal, { environment: 'paper', account: 'a-2' })).toThrow('journal of another account');
  expect(() => bookOf(journal, { environment: 'simulated', account: 'a-1' })).toThrow('journal of another account');
  const made = emptyDirectory();
  writeSample(made);
  expect(() => bookOf(made, { environment: 'paper', account: 'a-1' })).toThrow('made-up or recorded days');
});

test('a book begins with the cash, and with what is held at what it has cost', () => {
  expect(capitalOf(account, [])).toBe(1_000_000);
  const held = [10, 5].map((shares) => ({ shares, meanCost: 200_000.4 }) as never);
  expect(capitalOf(account, held)).toBe(1_000_000 + 15 * 200_000);
});

const asked = (answer: Answer) =>
  readAccount({
    ask: async ({ kind }) => (kind === 'read_account' ? answer : { kind: 'positions', positions: [] }),
    follow: async () => {},
  });

test('an account is read with what it holds', async () => {
  expect(await asked({ kind: 'account', account })).toEqual({ account, held: [] });
});

test.each<readonly [answer: Answer, says: string]>([
  [{ kind: 'refused', reason: 'not_authorized', available: null, status: 401, said: 'no' }, 'does not accept these keys (status 401)'],
  [{ kind: 'refused', reason: 'other', available: null, status: 422, said: 'no' }, 'refuses to tell of the account (status 422)'],
  [{ kind: 'not_sent', why: 'no_connection', waitMs: 0 }, 'cannot be reached (no connection)'],
  [{ kind: 'ambiguous', why: 'cut_body', said: 'x' }, 'no answer that can be read (cut body)'],
  [{ kind: 'done' }, 'something else than it is asked'],
])('%j is told in a sentence', async (answer, says) => {
  await expect(asked(answer)).rejects.toThrow(says);
});
