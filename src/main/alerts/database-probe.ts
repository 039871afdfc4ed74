import { connect } from 'node:net';
import type { Observation } from '#domain/alerts/observation';

const WITHIN_MS = 3_000;

/** Whether somebody listens where the database should be. It logs on to nothing: a password has no business here. */
export function seenDatabase(url: URL): Promise<Extract<Observation, { readonly kind: 'database_seen' }>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(url.port || 5432) });
    const end = (reachable: boolean, detail: string): void => {
      socket.destroy();
      resolve({ kind: 'database_seen', reachable, detail });
    };
    socket.setTimeout(WITHIN_MS, () => end(false, 'no answer'));
    socket.on('connect', () => end(true, ''));
    socket.on('error', (error) => end(false, 'code' in error ? String(error.code) : 'no connection'));
  });
}
