import { nameOf } from '#adapters/postgres/given-server';
import { ownStatus } from '#adapters/postgres/server/server-status';
import { chosenDatabase } from '#main/database/chosen-database';
import { databaseText } from '#main/database/problem-text';
import type { Variables } from '#main/environment/variables';

/** What `doctor` says of the database. */
export type DatabaseFinding = { readonly isUsable: boolean; readonly found: string; readonly todo: string };

/** Looks without starting anything, and says no password. */
export function databaseFinding(variables: Variables): DatabaseFinding {
  const { url, home } = chosenDatabase({}, variables);
  if (url !== '') {
    const named = nameOf(url);
    return named === null
      ? { isUsable: false, found: 'DATABASE_URL is set and no address', todo: databaseText({ kind: 'bad_address' }) }
      : { isUsable: true, found: `${named.server}, by DATABASE_URL`, todo: 'catalyst db status asks it' };
  }
  const status = ownStatus(home);
  if (!status.ok) return { isUsable: false, found: 'our own server cannot be used', todo: databaseText(status.problem) };
  const { state, installed } = status.value;
  const said = { absent: 'made at first use', ready: 'runs', stopped: 'stopped', changing: 'starting or stopping', orphaned: 'was killed' }[
    state.kind
  ];
  return { isUsable: true, found: `our own PostgreSQL ${installed} in ${status.value.home}: ${said}`, todo: '' };
}
