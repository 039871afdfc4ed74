import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '#domain/alerts/observation';
import { firstWords } from '#domain/values/first-words';
import { instant } from '#domain/values/instant';
import { fieldIn, listIn, numberIn, textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import { FOLLOWER_FILE } from '#main/record/lag';

const BYTES_MAX = 65_536;
const WORDS_MAX = 160;

/** What `catalyst db follow` says of itself beside the journal; null where none has ever run, or what lies there is not understood. */
export function seenProjector(directory: string): Extract<Observation, { readonly kind: 'projector_seen' }> | null {
  const raw = read(join(directory, FOLLOWER_FILE));
  const at = Date.parse(textIn(raw, 'at') ?? '');
  if (!Number.isFinite(at)) return null;
  const lags = listIn(raw, 'lags') ?? [];
  const most = (name: string): number => Math.max(0, ...lags.map((lag) => numberIn(lag, name) ?? 0));
  return {
    kind: 'projector_seen',
    at: instant(at),
    pid: numberIn(raw, 'pid') ?? 0,
    isThere: textIn(raw, 'database') !== 'away',
    why: firstWords(textIn(raw, 'why') ?? '', WORDS_MAX),
    entries: most('entries'),
    behindMs: Math.round(most('seconds') * 1_000),
    hasEnded: fieldIn(raw, 'hasEnded') === true,
  };
}

/** It takes the place of the one before in one step; between two looks it may still come or go. */
function read(path: string): unknown {
  try {
    return (statSync(path, { throwIfNoEntry: false })?.size ?? BYTES_MAX + 1) > BYTES_MAX ? null : parsed(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
