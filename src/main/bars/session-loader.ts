import { readManifest } from '#adapters/duckdb/store-manifest';
import { settleStore } from '#adapters/duckdb/store-swap';
import { findBarFiles } from '#adapters/files/bar-files';
import { readSplits, type Split } from '#adapters/files/corporate-actions';
import { GridColumns, gridOf } from '#adapters/files/session-grid';
import type { SessionClock } from '#adapters/files/session-windows';
import { assert } from '#domain/values/assert';
import { fail, ok, type Result } from '#domain/values/result';
import type { SessionDate } from '#domain/values/session-date';
import { symbolIndex, type Ticker } from '#domain/values/symbol';
import type { SessionBars } from '#engine/ports/bar-source';
import type { BarProblem } from '#main/bars/bar-problem';
import { folderReader } from '#main/bars/folder-reader';
import type { BarsRequest, SessionReader } from '#main/bars/session-reader';
import { storeReader } from '#main/bars/store-reader';
import { withTeaching } from '#main/bars/teaching-sessions';
import { usSessionHours } from '#main/bars/us-session-hours';
import { wholeReader } from '#main/bars/whole-reader';

/** Finds out what lies at the path and opens it. */
export async function openReader(request: BarsRequest): Promise<Result<SessionReader, BarProblem>> {
  const splits = request.actions === undefined ? ok([]) : await readSplits(request.actions);
  if (!splits.ok) return splits;
  const opened = await readerAt(request);
  if (!opened.ok) return opened;
  const all = opened.value.sessions;
  const sessions = request.teach === undefined ? all : withTeaching(all, request.teach);
  const reader = { ...opened.value, sessions, unused: all.length - sessions.length, splits: [...opened.value.splits, ...splits.value] };
  if (reader.sessions.length > 0) return ok(reader);
  await reader.close();
  return fail({ kind: 'no_sessions', path: request.path, from: request.from ?? request.teach?.from ?? null, to: request.to ?? null });
}

async function readerAt(request: BarsRequest): Promise<Result<SessionReader, BarProblem>> {
  await settleStore(request.path);
  const manifest = await readManifest(request.path);
  if (manifest.ok) return storeReader(manifest.value, request);
  if (manifest.problem.kind !== 'no_store') return manifest;
  const found = await findBarFiles(request.path);
  if (!found.ok) return found;
  return found.value.kind === 'file_a_session' ? ok(folderReader(found.value.sessions, request)) : wholeReader(found.value.paths, request);
}

/** Loads the sessions of a reader one after another; symbols get their columns in that order. */
export class SessionLoader {
  readonly reader: SessionReader;
  readonly #hoursOf: SessionClock;
  readonly #columns = new GridColumns();
  readonly #columnOf = new Map<string, number>();
  #next = 0;

  constructor(reader: SessionReader, hoursOf: SessionClock = usSessionHours) {
    this.reader = reader;
    this.#hoursOf = hoursOf;
  }

  get next(): SessionDate | null {
    return this.reader.sessions[this.#next] ?? null;
  }

  /** The next session. Asking for more than there are is a bug. */
  async loadNext(): Promise<Result<SessionBars, BarProblem>> {
    const { reader } = this;
    const date = this.next;
    assert(date !== null, 'a session is left to load');
    const read = await reader.read(date);
    if (!read.ok) return read;
    const hours = this.#hoursOf(date);
    assert(hours !== null, 'rows are accepted on sessions only');
    const duplicate = (file: number, line: number): void => reader.refused.add('duplicate', reader.files[file] ?? '', line);
    const bars = gridOf({ date, rows: read.value, names: reader.tickers.names, columns: this.#columns, hours, duplicate });
    this.#know(bars.listed, bars.width);
    const before = reader.sessions[this.#next - 1] ?? null;
    this.#next++;
    return ok({ ...bars, splits: this.#splitsOn(date, before) });
  }

  #know(listed: readonly Ticker[], width: number): void {
    for (const [index, name] of listed.entries()) this.#columnOf.set(name, width - listed.length + index);
  }

  /** Splits since the session before; of those on days without a session the first one after gives notice. */
  #splitsOn(date: SessionDate, before: SessionDate | null): SessionBars['splits'] {
    const due = ({ date: on }: Split): boolean => on === date || (before !== null && on > before && on < date);
    return this.reader.splits.filter(due).flatMap(({ symbol, ratio }) => {
      const column = this.#columnOf.get(symbol);
      return column === undefined ? [] : [{ symbol: symbolIndex(column), ratio }];
    });
  }
}
