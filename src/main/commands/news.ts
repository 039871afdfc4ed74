import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { HeadlineLog } from '#adapters/headlines/headline-log';
import { DAY_MS, formatInstant, type Instant, instant } from '#domain/values/instant';
import { dayOf, type SessionDate } from '#domain/values/session-date';
import { lockDirectory } from '#engine/journal/lock';
import type { Usage } from '#engine/ports/usage';
import { Failure } from '#main/commands/failure';
import { isSamePlace, refuseOwnInput } from '#main/commands/own-output';
import { type OpenUsage, openUsage } from '#main/costs/counted';
import { type Books, catchUp, newTally, sinceOf } from '#main/news/catch-up';
import { CursorFile } from '#main/news/cursor-file';
import { diskText, tallyText } from '#main/news/news-text';
import { systemClock } from '#main/news/system-clock';
import { type VendorName, vendorNames } from '#main/news/vendor-names';
import { type Vendor, vendorsOf } from '#main/news/vendors';
import { watch } from '#main/news/watch';
import { show, showJson, tell } from '#main/terminal';

export type NewsOptions = {
  readonly out: string;
  readonly source?: readonly VendorName[];
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly symbols?: readonly string[];
  readonly query?: string;
  readonly ciks?: string;
  readonly state?: string;
  readonly usage?: string;
};

const say = (line: string): void => tell(`news      ${line}`);
const wishesOf = ({
  symbols = [],
  query = null,
  ciks = null,
}: Partial<Omit<NewsOptions, 'query' | 'ciks'>> & { query?: string | null; ciks?: string | null }) => ({
  symbols,
  query,
  ciks,
});

/** Which sources can be asked, and what is missing for the others. */
export function sourcesCommand({ json = false, ciks }: { readonly json?: boolean; readonly ciks?: string }): void {
  const vendors = vendorsOf(process.env, wishesOf(ciks === undefined ? {} : { ciks }));
  if (json) showJson(vendors.map(({ name, state, ...rest }) => ({ name, state, ...toldOf(rest) })));
  else show(...vendors.map(sourceLine));
}

const toldOf = (rest: object): object => ('todo' in rest ? { todo: rest.todo } : 'asks' in rest ? { asks: rest.asks } : {});

const sourceLine = (vendor: Vendor): string =>
  `${vendor.name.padEnd(9)} ${vendor.state === 'on' ? `on   ${vendor.asks}` : `off  ${vendor.todo}`}`;

/** Asks each source once for everything since the last time, or since --from, and adds it to the file. */
export async function fetchCommand(options: NewsOptions): Promise<void> {
  const { from, to } = options;
  if (from !== undefined && to !== undefined && to < from) throw new Failure('usage', `--to ${to} lies before --from ${from}`);
  if (from !== undefined && startOf(from) > systemClock.now()) throw new Failure('usage', `--from ${from} lies in the future`);
  const failed: string[] = [];
  // From a day that was said on, the file alone tells what is there: it may be a new one.
  await withBooks(options, from === undefined, async ({ vendors, books, stop, usage }) => {
    for (const vendor of vendors) {
      const { source } = vendor.connect(stop.signal, usage);
      const tally = newTally();
      const since = from === undefined ? (sinceOf(source, books.cursors) ?? yesterday()) : startOf(from);
      const until = to === undefined ? null : instant(startOf(to) + DAY_MS - 1);
      if (until !== null && until < since) {
        show(`${vendor.name.padEnd(9)} not asked: goes on at ${formatInstant(since)}, which is after --to; say --from to go back`);
        continue;
      }
      const done = await catchUp(source, { window: { since, until }, arrival: 'history' }, books, tally);
      if (!done.ok) throw new Failure('badInput', diskText(done.problem));
      show(`${vendor.name.padEnd(9)} ${tallyText(tally)}`);
      if (tally.problem !== null) failed.push(vendor.name);
      if (stop.signal.aborted) return;
    }
  });
  if (failed.length > 0)
    throw new Failure(
      'badInput',
      `not everything could be fetched from ${failed.join(', ')}; run the same command again: what is there is not written twice`,
    );
}

/** Follows the sources until it is stopped. */
export async function watchCommand(options: NewsOptions): Promise<void> {
  await withBooks(options, true, async ({ vendors, books, stop, usage }) => {
    const connected = vendors.map((vendor) => vendor.connect(stop.signal, usage));
    const from = options.from === undefined ? systemClock.now() : startOf(options.from);
    say(`follows ${vendors.map(({ name }) => name).join(', ')} into ${options.out}; Ctrl-C stops`);
    const broken = await watch({ vendors: connected, books, clock: systemClock, from, stop, say });
    if (broken !== null) throw new Failure('badInput', diskText(broken));
    say('stopped; the same command goes on from here');
  });
}

type Opened = {
  readonly vendors: readonly Extract<Vendor, { state: 'on' }>[];
  readonly books: Books;
  readonly stop: AbortController;
  readonly usage: Usage | null;
};

async function withBooks(options: NewsOptions, goesOn: boolean, run: (opened: Opened) => Promise<void>): Promise<void> {
  const vendors = vendorsOn(options);
  const { out, state = `${out}.state.json` } = options;
  for (const written of [out, state]) refuseOwnInput(written, [options.ciks ?? process.env['CATALYST_SEC_CIKS']]);
  if (isSamePlace(out, state)) throw new Failure('usage', `--out and --state are the same file, ${out}: give --state another name`);
  const lock = lockOf(out);
  let counting: OpenUsage | null = null;
  const stop = new AbortController();
  const told = (): void => stop.abort();
  process.on('SIGINT', told).on('SIGTERM', told);
  try {
    counting = openUsage(options.usage, say);
    const cursors = CursorFile.open(state);
    if (!cursors.ok) throw new Failure('badInput', diskText(cursors.problem));
    const log = await HeadlineLog.open(out, goesOn ? cursors.value.seen() : []);
    if (!log.ok) throw new Failure('badInput', diskText(log.problem));
    await run({ vendors, books: { log: log.value, cursors: cursors.value }, stop, usage: counting.usage });
    log.value.close();
  } finally {
    process.off('SIGINT', told).off('SIGTERM', told);
    counting?.close();
    lock.release();
  }
}

/** Two writers of one file would each write over what the other has; a link to it is the same file. */
function lockOf(out: string): { release(): void } {
  const folder = `${existsSync(out) ? realpathSync(out) : out}.lock`;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('badInput', `cannot write beside ${out} (${code})`);
  }
  const lock = lockDirectory(folder);
  if (!lock.ok) throw new Failure('badInput', `${out} is being written by process ${lock.problem.pid}`);
  return {
    release: () => {
      lock.value.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function vendorsOn(options: NewsOptions): Opened['vendors'] {
  const wanted = options.source ?? vendorNames;
  const all = vendorsOf(process.env, wishesOf(options)).filter(({ name }) => wanted.includes(name));
  const on = all.filter((vendor) => vendor.state === 'on');
  for (const vendor of all) if (vendor.state === 'off') say(`${vendor.name} is off: ${vendor.todo}`);
  if (on.length === 0) throw new Failure('badInput', 'no news source is on; see what to set with: catalyst news sources');
  return on;
}

const startOf = (date: SessionDate): Instant => instant(dayOf(date) * DAY_MS);
const yesterday = (): Instant => instant(systemClock.now() - DAY_MS);
