import { inReach } from '#adapters/postgres/server/home-in-reach';
import { setIn, type Variables } from '#main/environment/variables';

/** Which database is meant; as `openDatabase` takes it. */
export type ChosenDatabase = { readonly url: string; readonly home: string; readonly database: string };

/** How a person says it. */
export type DatabaseOptions = { readonly database?: string; readonly name?: string };

/** Beside the folder of the journals. */
const DEFAULT_HOME = 'data/database';
const PRODUCTION = 'catalyst_production';

/** What is said on the command line goes before the environment; a server of somebody else's before one of our own. */
export function chosenDatabase({ database = '', name = PRODUCTION }: DatabaseOptions, variables: Variables): ChosenDatabase {
  const given = database || setIn(variables, 'CATALYST_DATABASE');
  return { url: database === '' ? setIn(variables, 'DATABASE_URL') : '', home: given || inReach(DEFAULT_HOME), database: name };
}
