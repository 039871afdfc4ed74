import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type DatabaseProblem, systemCode } from '#adapters/postgres/server/problems';
import type { ServerUser } from '#adapters/postgres/server/server-user';
import { fail, ok, type Result } from '#domain/values/result';

/** Only what programs need to be found and to write plainly: PGPORT and the like of a person's shell are none of the server's business. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  LC_ALL: 'C',
  TZ: 'UTC',
  ...Object.fromEntries(
    ['PATH', 'SystemRoot', 'TEMP', 'TMP'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ),
});

/** As whom, and from a folder that everybody may stand in. */
export const standing = (user: ServerUser, folder: string) => ({ ...(user !== null && { uid: user.uid, gid: user.gid }), cwd: folder });

/** Runs one of the server's programs to its end. */
export async function runAs(
  user: ServerUser,
  program: string,
  args: readonly string[],
  input = '',
): Promise<Result<{ readonly code: number | string; readonly output: string }, DatabaseProblem>> {
  const child = spawn(program, args, { ...standing(user, '/'), env: serverEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += String(text);
    });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const [code, signal] = await once(child, 'close');
    return ok({ code: code ?? signal, output });
  } catch (error) {
    return fail(cannotRun(error, program, user));
  }
}

/** Why a program of ours does not even begin. */
export function cannotRun(error: unknown, file: string, user: ServerUser): DatabaseProblem {
  const code = systemCode(error);
  if (user !== null && (code === 'EPERM' || code === 'EINVAL')) return { kind: 'cannot_become', user: user.name, code };
  return { kind: 'server_cannot_run', file, code };
}
