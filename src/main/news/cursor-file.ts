import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { formatInstant, type Instant } from '#domain/values/instant';
import { fieldIn, listIn, textIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import { parseRfc3339 } from '#domain/values/rfc3339';
import { parsed } from '#engine/ports/json-text';

/** Up to where a source has been read for one question, and what of the overlap was seen. */
export type Cursor = { readonly question: string; readonly since: Instant; readonly seen: readonly string[] };

export type CursorProblem =
  | { readonly kind: 'not_a_cursor_file'; readonly file: string }
  | { readonly kind: 'unreadable_file' | 'unwritable_file'; readonly file: string; readonly code: string };

/**
 * Where each source goes on. Put in place whole or not at all, and only after the headlines that it stands for are on the
 * disk: lost or old, it costs a repeated question, never a headline.
 */
export class CursorFile {
  readonly #file: string;
  readonly #cursors: Map<string, Cursor>;

  private constructor(file: string, cursors: Map<string, Cursor>) {
    this.#file = file;
    this.#cursors = cursors;
  }

  static open(file: string): Result<CursorFile, CursorProblem> {
    if (!existsSync(file)) return ok(new CursorFile(file, new Map()));
    const text = readText(file);
    if (!text.ok) return text;
    const cursors = cursorsIn(text.value);
    return cursors === null ? fail({ kind: 'not_a_cursor_file', file }) : ok(new CursorFile(file, cursors));
  }

  of(source: string, question: string): Cursor | null {
    const cursor = this.#cursors.get(source);
    return cursor?.question === question ? cursor : null;
  }

  /** Everything that any source has seen lately. */
  seen(): readonly string[] {
    return [...this.#cursors.values()].flatMap(({ seen }) => seen);
  }

  move(source: string, cursor: Cursor): Result<null, CursorProblem> {
    this.#cursors.set(source, cursor);
    const sources = Object.fromEntries([...this.#cursors].map(([name, each]) => [name, { ...each, since: formatInstant(each.since) }]));
    const draft = `${this.#file}.draft`;
    try {
      const descriptor = openSync(draft, 'w');
      try {
        writeSync(descriptor, `${JSON.stringify({ sources }, null, 1)}\n`);
        fdatasyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, this.#file);
      return ok(null);
    } catch (error) {
      return fail({ kind: 'unwritable_file', file: this.#file, code: codeOf(error) });
    }
  }
}

function readText(file: string): Result<string, CursorProblem> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail({ kind: 'unreadable_file', file, code: codeOf(error) });
  }
}

/** The system's refusals have one; whatever has none is a bug, and goes on as one. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code !== 'string') throw error;
  return code;
}

function cursorsIn(text: string): Map<string, Cursor> | null {
  const sources = fieldIn(parsed(text), 'sources');
  if (typeof sources !== 'object' || sources === null) return null;
  const cursors = new Map<string, Cursor>();
  for (const name of Object.keys(sources)) {
    const raw = fieldIn(sources, name);
    const question = textIn(raw, 'question');
    const since = parseRfc3339(textIn(raw, 'since') ?? '');
    if (question === null || since === null) return null;
    cursors.set(name, { question, since, seen: (listIn(raw, 'seen') ?? []).filter((key) => typeof key === 'string') });
  }
  return cursors;
}
