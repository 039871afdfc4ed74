import type { MemberSum } from '#adapters/archive/archive-writer';
import { fail, ok, type Result } from '#domain/values/result';
import { parsed } from '#engine/ports/json-text';

/** The journal that is in a backup: `head` is the digest of entry `entries`. */
export type JournalMark = { readonly entries: number; readonly head: string; readonly lastAt: number | null };

/** A table's rows are the member `database/NAME.copy`. */
export type TableMark = { readonly name: string; readonly rows: number };

/** The member that holds a table. */
export const tableMember = (name: string): string => `database/${name}.copy`;

export type DatabaseMark = { readonly schema: string; readonly months: readonly string[]; readonly tables: readonly TableMark[] };

/** What a backup says of itself. */
export type Manifest = {
  readonly format: 1;
  /** The version that made it, and when, in milliseconds since 1970. */
  readonly catalyst: string;
  readonly madeAt: number;
  readonly journal: JournalMark;
  readonly database: DatabaseMark | null;
  readonly members: readonly MemberSum[];
  /** What lay in the journal's folder and is not in it, because it is no plain file or has a name that none may have. */
  readonly leftOut: readonly string[];
};

export type BadManifest = { readonly kind: 'bad_manifest'; readonly field: string };

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 1)}\n`;

/** Reads a manifest; its archive was sealed with the right key, so that a fault in it is one of whoever made it. */
export function parseManifest(text: string): Result<Manifest, BadManifest> {
  const given = parsed(text);
  const bad = (field: string) => fail({ kind: 'bad_manifest', field } as const);
  if (!isRecord(given) || given['format'] !== 1) return bad('format');
  const { catalyst, madeAt, journal, database, members, leftOut } = given;
  if (typeof catalyst !== 'string') return bad('catalyst');
  if (!isCount(madeAt)) return bad('madeAt');
  if (!isJournalMark(journal)) return bad('journal');
  if (database !== null && !isDatabaseMark(database)) return bad('database');
  if (!isListOf(members, isMemberSum)) return bad('members');
  if (!isListOf(leftOut, isText)) return bad('leftOut');
  return ok({ format: 1, catalyst, madeAt, journal, database, members, leftOut });
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isDigest = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isListOf = <Item>(value: unknown, is: (item: unknown) => item is Item): value is readonly Item[] =>
  Array.isArray(value) && value.every(is);

const isJournalMark = (value: unknown): value is JournalMark =>
  isRecord(value) &&
  isCount(value['entries']) &&
  isDigest(value['head']) &&
  (value['lastAt'] === null || Number.isSafeInteger(value['lastAt']));

const isMemberSum = (value: unknown): value is MemberSum =>
  isRecord(value) && isText(value['name']) && isCount(value['bytes']) && isDigest(value['sha256']);

/** Names that stand in a statement, or in a path. */
const isTableMark = (value: unknown): value is TableMark =>
  isRecord(value) && isText(value['name']) && /^[a-z_][a-z0-9_]*$/.test(value['name']) && isCount(value['rows']);

const isMonth = (value: unknown): value is string => isText(value) && /^\d{4}-\d\d-01$/.test(value);

const isDatabaseMark = (value: unknown): value is DatabaseMark =>
  isRecord(value) && isText(value['schema']) && isListOf(value['months'], isMonth) && isListOf(value['tables'], isTableMark);
