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

/** What lies there, oldest first; `path` goes when it has been taken. What is no note is `null`. */
export function notesIn(folder: string): readonly { readonly path: string; readonly note: Note | null }[] {
  const inbox = inboxOf(folder);
  if (!existsSync(inbox)) return [];
  const names = readdirSync(inbox)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return names.slice(0, FILES_MAX).map((name) => ({ path: join(inbox, name), note: noteOf(join(inbox, name)) }));
}

export const takeAway = (path: string): void => removeFile(path);

function noteOf(path: string): Note | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > BYTES_MAX) return null;
  const raw = parsed(readFileSync(path, 'utf8'));
  if (textIn(raw, 'kind') === 'observed') {
    const observation = observationOf(fieldIn(raw, 'observation'));
    return observation === null ? null : { kind: 'observed', observation };
  }
  const alerts = (listIn(raw, 'alerts') ?? []).filter((id) => typeof id === 'number');
  const by = firstWords(textIn(raw, 'by') ?? '', WORDS_MAX);
  const because = firstWords(textIn(raw, 'because') ?? '', WORDS_MAX);
  return textIn(raw, 'kind') !== 'acknowledge' || alerts.length === 0 || by === '' ? null : { kind: 'acknowledge', alerts, by, because };
}
