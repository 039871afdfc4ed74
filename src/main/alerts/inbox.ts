import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '#domain/alerts/observation';
import { observationOf } from '#domain/alerts/observation-text';
import { firstWords } from '#domain/values/first-words';
import { fieldIn, listIn, textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import { placeFile, removeFile } from '#main/control/durable-file';

/** What is said to a watch from outside of its process. */
export type Note =
  | { readonly kind: 'acknowledge'; readonly alerts: readonly number[]; readonly by: string; readonly because: string }
  | { readonly kind: 'observed'; readonly observation: Observation };

const BYTES_MAX = 65_536;
/** How many files are looked at in one go: a flood must not hold up an alert. */
const FILES_MAX = 256;
const WORDS_MAX = 200;

export const inboxOf = (folder: string): string => join(folder, 'inbox');

/** A note as it lies in its file. */
export const noteText = (note: Note): string => `${JSON.stringify(note)}\n`;

/** Lays a note where the watch finds it; gives its file, which is there until it stands in the log. */
export function leaveNote(folder: string, note: Note): string {
  const inbox = inboxOf(folder);
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  const path = join(inbox, `${String(Date.now()).padStart(15, '0')}-${randomUUID()}.json`);
  placeFile(path, noteText(note));
  return path;
}

/**
 * What lies there, oldest first, without what was `read` already; `path` goes when it has been taken. What is no note, or may not be
 * read, is `null`: somebody else may have laid it, and no file of his may end the watch.
 */
export function notesIn(
  folder: string,
  read: { has(path: string): boolean } = new Set(),
): readonly { readonly path: string; readonly note: Note | null }[] {
  const inbox = inboxOf(folder);
  if (!existsSync(inbox)) return [];
  const all = weathered(() => readdirSync(inbox));
  if (all === null) return read.has(inbox) ? [] : [{ path: inbox, note: null }];
  const names = all.filter((name) => name.endsWith('.json') && !read.has(join(inbox, name))).sort();
  return names.slice(0, FILES_MAX).map((name) => ({ path: join(inbox, name), note: noteOf(join(inbox, name)) }));
}

/** Whether it could be taken away. */
export const takeAway = (path: string): boolean =>
  weathered(() => {
    removeFile(path);
    return true;
  }) ?? false;

/** What the work gives; null when the system says no. */
function weathered<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function noteOf(path: string): Note | null {
  const stat = weathered(() => lstatSync(path, { throwIfNoEntry: false })) ?? undefined;
  if (stat?.isFile() !== true || stat.size > BYTES_MAX) return null;
  const raw = parsed(weathered(() => readFileSync(path, 'utf8')) ?? '');
  if (textIn(raw, 'kind') === 'observed') {
    const observation = observationOf(fieldIn(raw, 'observation'));
    return observation === null ? null : { kind: 'observed', observation };
  }
  const alerts = (listIn(raw, 'alerts') ?? []).filter((id) => typeof id === 'number');
  const by = firstWords(textIn(raw, 'by') ?? '', WORDS_MAX);
  const because = firstWords(textIn(raw, 'because') ?? '', WORDS_MAX);
  return textIn(raw, 'kind') !== 'acknowledge' || alerts.length === 0 || by === '' ? null : { kind: 'acknowledge', alerts, by, because };
}
