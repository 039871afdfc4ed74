import { arch, cpus, release, totalmem, type } from 'node:os';

/** What the figures were measured on, without names of hosts or paths. */
export function machine() {
  const processors = cpus();
  return [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node ${process.versions.node}`,
    `${type()} ${release()} ${arch()}`,
  ].join('; ');
}
