import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseHome } from '#adapters/postgres/server/database-home';
import { systemCode } from '#adapters/postgres/server/problems';

type RunningProcess = { readonly pid: number; readonly command: string };

/** What runs of one server: processes started on its folder, and those forked from them, which outlive it for a moment. */
export type ServerProcesses = { readonly started: readonly number[]; readonly forked: readonly number[] };

/**
 * A number in a file proves nothing, since numbers are given again; the command line of a process names the folder that it
 * serves, and the titles of its children name the server.
 */
export function serverProcesses({ cluster, name }: DatabaseHome, all = runningProcesses()): ServerProcesses {
  const started = all.filter(({ command }) => serves(command, cluster));
  const forked = all.filter(({ command }) => command.startsWith(`postgres: ${name}: `));
  return { started: started.map(({ pid }) => pid), forked: forked.map(({ pid }) => pid) };
}

/** Whether a command line is that of PostgreSQL on a folder, and not of a tool or a reader that was given it. */
function serves(command: string, cluster: string): boolean {
  // Windows puts what has blanks into quotes.
  const [text = '', wanted = ''] = [command, ` -D ${cluster}`].map((each) => each.replaceAll('"', ''));
  const at = text.indexOf(wanted);
  const after = text.slice(at + wanted.length);
  return at > 0 && /(?:^|[\\/])postgres(?:\.exe)?(?: --single)?$/.test(text.slice(0, at)) && (after === '' || after.startsWith(' '));
}

/** Every process that this one may see, with its command line; its own user's are always among them. */
function runningProcesses(): readonly RunningProcess[] {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? commandOf(Number(name)) : []));
  const [program, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', 'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.CommandLine)" }']]
      : ['ps', ['-axwwo', 'pid=,command=']];
  const { stdout } = spawnSync(program as string, args as string[], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...(stdout ?? '').matchAll(/^\s*(\d+) (.*?)\s*$/gm)].map(([, pid, command = '']) => ({ pid: Number(pid), command }));
}

/** Nothing for one that has gone meanwhile, or was killed and not yet buried: that one's line is empty. */
function commandOf(pid: number): readonly RunningProcess[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
    return command === '' ? [] : [{ pid, command }];
  } catch (error) {
    systemCode(error);
    return [];
  }
}
