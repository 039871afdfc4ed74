import type { MigrationProblem } from '#adapters/postgres/migration-problem';

/** One sentence for people: what happened, and what to do. */
export function migrationText(problem: MigrationProblem): string {
  switch (problem.kind) {
    case 'migrations_unusable':
      return `the migrations in ${problem.folder} cannot be used: ${problem.why}; install Catalyst again`;
    case 'not_connected':
      return `the database does not answer: ${problem.why}`;
    case 'database_refused':
      return `the database refuses (${problem.sqlState}): ${problem.why}`;
    case 'busy':
      return `somebody else has been migrating this database for ${problem.waitedMs / 1000} seconds; try again when that is done`;
    case 'database_newer':
      return `the database was migrated by a newer version, which this one does not know: ${problem.names.join(', ')}; use that version`;
    case 'migration_changed':
      return `${problem.names.join(', ')} was applied with another text than this version has; use the version that applied it`;
    case 'history_broken':
      return `${problem.missing} is not noted as applied although later ones are; restore the database, or drop the schemas catalyst and catalyst_migrations and build it again`;
    case 'schema_gone':
      return `the schema catalyst was dropped by hand although ${problem.applied} migrations are noted as applied; drop the schema catalyst_migrations too, then migrate`;
    case 'no_such_migration':
      return `there is no migration ${problem.number}: they go from 1 to ${problem.last}, and 0 means none`;
    case 'migration_failed':
      return `${problem.name} (${problem.way}) failed and changed nothing: ${problem.why}${problem.sqlState === null ? '' : ` (${problem.sqlState})`}`;
  }
}
