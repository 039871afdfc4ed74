import type { Instant } from '#domain/values/instant';
import type { LiveHouse } from '#engine/live/live-house';
import { Failure } from '#main/commands/failure';
import { withMode } from '#main/commands/mode-option';
import { settingsFrom } from '#main/commands/parameters-option';
import { type AccountFound, capitalOf, type OpenedBook } from '#main/paper/open-book';
import type { PaperOptions } from '#main/paper/paper-options';
import { sessionFrom, sessionsToTeach } from '#main/paper/session-dates';
import { version } from '#main/version';

type Begun = AccountFound & { readonly book: OpenedBook; readonly now: Instant };
type Asked = Pick<PaperOptions, 'parameters' | 'mode' | 'history'>;

/** The first entries of a new book. What the account has and holds is its capital; entries stay shut until the broker was read. */
export function beginBook(house: LiveHouse, { parameters, mode, history }: Asked, { account, held, book, now }: Begun): void {
  const settings = { ...withMode(settingsFrom(parameters), mode), capital: capitalOf(account, held) };
  if (settings.session.control === 'supervised')
    throw new Failure('usage', 'a paper session is traded in --mode autonomous; questions are not asked here yet');
  const today = sessionFrom(now);
  const [first = today] = sessionsToTeach(today.date, { known: null, most: history });
  const at = first.preOpen < now ? first.preOpen : now;
  house.accept({ kind: 'run_started', settings, source: 'live_market', version }, at);
  house.accept({ kind: 'account_opened', environment: book.environment, book: book.name, account: book.account }, at);
  house.accept({ kind: 'broker_line_changed', state: 'reconciling', why: 'not asked yet' }, at);
  house.commit();
}
