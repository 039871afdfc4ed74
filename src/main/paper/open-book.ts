import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrokerAccount, BrokerPosition } from '#domain/brokerage/broker-order';
import type { Book } from '#domain/brokerage/client-order-id';
import { type Cash, cash } from '#domain/values/cash';
import { decodeEntries } from '#engine/journal/reader';
import type { Answer, Ask, Brokerage } from '#engine/ports/brokerage';
import { Failure } from '#main/commands/failure';
import { holdsJournal } from '#main/day/open-recorder';

/** Whose account a journal trades, as it was written down when it was begun. */
export type OpenedBook = Book & { readonly account: string };

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const NAME_LENGTH = 6;

/** What a book is called from now on: by lot, so that no two journals at one account name their orders alike. */
const newBookName = (): string => [...randomBytes(NAME_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

/** The book of a journal that is there; null where there is none. */
function recordedBook(journal: string): OpenedBook | null {
  if (!holdsJournal(journal)) return null;
  for (const { event } of decodeEntries(journal, { kinds: ['account_opened'] }))
    return { environment: event.environment, name: event.book, account: event.account };
  throw new Failure('badJournal', `${journal} holds a journal of made-up or recorded days; give another folder with --journal`);
}

/** The book of the journal in that folder, or a new one; never the journal of another account. */
export function bookOf(journal: string, { environment, account }: Pick<OpenedBook, 'environment' | 'account'>): OpenedBook {
  const recorded = recordedBook(journal);
  if (recorded === null) return { environment, name: newBookName(), account };
  if (recorded.account === account && recorded.environment === environment) return recorded;
  throw new Failure(
    'badJournal',
    `${journal} is the journal of another account: a paper account that was reset is another one. Give a new folder with --journal`,
  );
}

/** One folder for an account, so that the next start goes on; a made-up broker's account ends with it, so each has its own. */
export function journalFolder({ environment, account }: Pick<OpenedBook, 'environment' | 'account'>): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const name = environment === 'simulated' ? `sim-${stamp}-${process.pid}` : `${environment}-${account.slice(0, 8)}`;
  const directory = resolve(join('journals', name));
  mkdirSync(directory, { recursive: true });
  return directory;
}

export type AccountFound = { readonly account: BrokerAccount; readonly held: readonly BrokerPosition[] };

/** What the broker says of the account and of what it holds, before anything is traded. */
export async function readAccount(brokerage: Brokerage): Promise<AccountFound> {
  const account = await look(brokerage, { kind: 'read_account' });
  const held = await look(brokerage, { kind: 'list_positions' });
  if (account.kind !== 'account' || held.kind !== 'positions')
    throw new Failure('badInput', 'the broker answers something else than it is asked');
  return { account: account.account, held: held.positions };
}

/** With what a new book begins: its cash, and what is held already at what it has cost. */
export const capitalOf = ({ cash: inCash }: BrokerAccount, held: readonly BrokerPosition[]): Cash =>
  cash(held.reduce((sum: number, { shares, meanCost }) => sum + Math.round(shares * Math.round(meanCost)), inCash));

async function look(brokerage: Brokerage, ask: Ask): Promise<Answer> {
  const answer = await brokerage.ask(ask, 'reconcile');
  switch (answer.kind) {
    case 'refused':
      throw new Failure(
        'badInput',
        answer.reason === 'not_authorized'
          ? `the broker does not accept these keys (status ${answer.status}): paper keys work on the paper host alone, and end when the paper account is reset`
          : `the broker refuses to tell of the account (status ${answer.status}): "${answer.said}"`,
      );
    case 'not_sent':
      throw new Failure(
        'badInput',
        `the broker cannot be reached (${answer.why.replaceAll('_', ' ')}); look at the network, or at its status page`,
      );
    case 'ambiguous':
      throw new Failure('badInput', `the broker gives no answer that can be read (${answer.why.replaceAll('_', ' ')}): ${answer.said}`);
    default:
      return answer;
  }
}
