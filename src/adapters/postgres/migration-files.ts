import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '#domain/values/result';

/** A step of the schema, and the way back. */
export type MigrationText = {
  readonly number: number;
  /** The name of its files without their ends, such as `0003-news`. */
  readonly name: string;
  readonly up: string;
  readonly down: string;
  /** SHA-256 of `up`. The way back may be mended later; what has been applied may not. */
  readonly digest: Buffer;
};

export type UnusableMigrations = { readonly kind: 'migrations_unusable'; readonly folder: string; readonly why: string };

/** `database/` of the package: as far above `src` as above `dist`. */
export const migrationFolder = fileURLToPath(new URL('../../../database', import.meta.url));

const fileName = /^(\d{4})-[a-z][a-z0-9-]*\.(up|down)\.sql$/;

/** The numbered pairs of a folder, from 1 and without a gap; anything else in it ending in `.sql` is a mistake. */
export function readMigrations(folder: string = migrationFolder): Result<readonly MigrationText[], UnusableMigrations> {
  const unusable = (why: string) => fail({ kind: 'migrations_unusable', folder, why });
  let files: readonly string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return unusable(error.message);
  }
  const stray = files.find((file) => !fileName.test(file));
  if (stray !== undefined) return unusable(`${stray} is not named like 0001-reference.up.sql`);
  const names = [...new Set(files.map((file) => file.replace(/\.(up|down)\.sql$/, '')))].sort();
  if (names.length === 0) return unusable('no migrations are there');
  const missing = names.flatMap((name) => [`${name}.up.sql`, `${name}.down.sql`]).find((file) => !files.includes(file));
  if (missing !== undefined) return unusable(`${missing} is missing`);
  const misplaced = names.find((name, place) => Number(name.slice(0, 4)) !== place + 1);
  if (misplaced !== undefined) return unusable(`${misplaced} does not follow the one before: numbers go from 1 without a gap`);
  return ok(names.map((name, place) => read(folder, name, place + 1)));
}

function read(folder: string, name: string, number: number): MigrationText {
  const [up, down] = ['up', 'down'].map((way) => readFileSync(join(folder, `${name}.${way}.sql`), 'utf8').replaceAll('\r\n', '\n'));
  return {
    number,
    name,
    up: up ?? '',
    down: down ?? '',
    digest: createHash('sha256')
      .update(up ?? '')
      .digest(),
  };
}
