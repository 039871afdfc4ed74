import type { UnusableMigrations } from '#adapters/postgres/migration-files';
import type { ConnectionProblem } from '#adapters/postgres/one-connection';

/** Why the schema was left as it is. */
export type MigrationProblem =
  | UnusableMigrations
  | ConnectionProblem
  /** Somebody else has been migrating this database all the while. */
  | { readonly kind: 'busy'; readonly waitedMs: number }
  /** A newer version has been here. */
  | { readonly kind: 'database_newer'; readonly names: readonly string[] }
  | { readonly kind: 'migration_changed'; readonly names: readonly string[] }
  /** What is noted as applied is no beginning of the list: somebody has written there by hand. */
  | { readonly kind: 'history_broken'; readonly missing: string }
  /** Noted as applied, yet the schema is not there: somebody has dropped it by hand. */
  | { readonly kind: 'schema_gone'; readonly applied: number }
  | { readonly kind: 'no_such_migration'; readonly number: number; readonly last: number }
  /** It changed nothing; those before it stay. */
  | {
      readonly kind: 'migration_failed';
      readonly name: string;
      readonly way: 'up' | 'down';
      readonly sqlState: string | null;
      readonly why: string;
    };
