import { randomUUID } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '#domain/events/request';
import { canonicalJson } from '#domain/values/canonical-json';
import { fail, type Result } from '#domain/values/result';
import { Reserve } from '#engine/journal/reserve';
import { moveFile, placeFile, removeFile } from '#main/control/durable-file';
import { type BadRequest, parseRequest, REQUEST_BYTES_MAX, requestText } from '#main/control/request-text';

/** How many files are looked at in one go: a flood must not hold up the market. */
const FILES_MAX = 64;
/** What was refused is kept for people to look at, but not without end. */
const REFUSED_MAX = 1_000;

export const controlPath = (journal: string): string => join(journal, 'control');

/**
 * Puts a request where the run of this journal finds it; gives the file, which is there until it has been recorded. On a full disk it
 * takes the room that is kept for the journal: whoever wants everything sold must not be kept from it (G4).
 */
export function sendRequest(journal: string, request: Request): string {
  const folder = controlPath(journal);
  const name = `${String(Date.now()).padStart(15, '0')}-${randomUUID()}.json`;
  new Reserve(journal).through(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    placeFile(join(folder, name), requestText(request));
  });
  return name;
}

/** Whether the request is still to be recorded. */
export const isUnanswered = (journal: string, name: string): boolean => placesOf(journal, name).length > 0;

/** Takes a request back that nobody has recorded, so that no later run finds it. */
export function withdrawRequest(journal: string, name: string): void {
  for (const path of placesOf(journal, name)) removeFile(path);
}

/** Where a request lies that is still to be recorded: as it was sent, or as it was offered to the run. */
function placesOf(journal: string, name: string): readonly string[] {
  const taken = join(controlPath(journal), 'taken');
  const offered = namesIn(taken).filter((one) => one.endsWith(name));
  return [join(controlPath(journal), name), ...offered.map((one) => join(taken, one))].filter((path) => existsSync(path));
}

/** Why a request was moved aside, null when it was not. */
export function whyRefused(journal: string, name: string): string | null {
  const path = join(controlPath(journal), 'refused', `${name}.why`);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

export type Taken = { readonly path: string; readonly name: string; readonly request: Request };

/**
 * The folder `control` beside a journal as the run sees it. A request that is offered lies in `taken`, and its name begins
 * with how many requests the journal held then: after a crash the journal itself says whether it came to be recorded,
 * so that none is lost and none is taken twice. What is no request goes to `refused`, with the reason beside it.
 */
export class ControlFolder {
  readonly #folder: string;
  readonly #say: (text: string) => void;

  constructor(journal: string, say: (text: string) => void) {
    this.#folder = controlPath(journal);
    this.#say = say;
  }

  /** Brings back what a crash left between being offered and being recorded; `recorded` are the requests of the journal. */
  recover(recorded: readonly Request[]): void {
    for (const taken of namesIn(this.#at('taken'))) {
      const [, before = '0', name = ''] = /^(\d+)_(.+)$/.exec(taken) ?? [];
      const request = this.#read(this.#at('taken', taken));
      const later = recorded.slice(Number(before)).map(canonicalJson);
      if (name !== '' && request.ok && !later.includes(canonicalJson(request.value))) moveFile(this.#at('taken', taken), this.#at(name));
      else removeFile(this.#at('taken', taken));
    }
  }

  /** Takes the oldest request; `before` is how many the journal holds. */
  take(before: number): Taken | null {
    for (const name of namesIn(this.#folder).slice(0, FILES_MAX)) {
      const path = this.#at(name);
      if (name.endsWith('.tmp') || lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) continue;
      const request = name.endsWith('.json') ? this.#read(path) : fail({ kind: 'bad_request', what: 'not named .json' });
      if (!request.ok) this.#refuse(name, request.problem.what);
      else {
        mkdirSync(this.#at('taken'), { recursive: true });
        const taken = this.#at('taken', `${before}_${name}`);
        moveFile(path, taken);
        return { path: taken, name, request: request.value };
      }
    }
    return null;
  }

  /** Moves a request aside that is understood and cannot be taken. */
  refuse({ path, name }: Taken, what: string): void {
    moveFile(path, this.#at(name));
    this.#refuse(name, what);
  }

  #read(path: string): Result<Request, BadRequest> {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return fail({ kind: 'bad_request', what: 'no plain file' });
    if (stat.size > REQUEST_BYTES_MAX) return fail({ kind: 'bad_request', what: `more than ${REQUEST_BYTES_MAX} bytes` });
    return parseRequest(textOf(path));
  }

  #refuse(name: string, what: string): void {
    this.#say(`the request ${name} is not taken: ${what}`);
    mkdirSync(this.#at('refused'), { recursive: true });
    if (namesIn(this.#at('refused')).length > REFUSED_MAX) return removeFile(this.#at(name));
    placeFile(this.#at('refused', `${name}.why`), `${what}\n`);
    moveFile(this.#at(name), this.#at('refused', name));
  }

  #at(...names: readonly string[]): string {
    return join(this.#folder, ...names);
  }
}

/** What cannot be read is no request: an empty text. */
function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError || (error instanceof Error && 'code' in error)) return '';
    throw error;
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
