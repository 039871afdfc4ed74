import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whether it is a literal address of this machine alone; a name could be made to mean another. */
const isLoopback = (host: string): boolean => host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** Whether a request was meant for this machine by whoever sent it: a page in a browser that was led here names another host, or an origin. */
export function isForUs(headers: { readonly host?: string | undefined; readonly origin?: string | undefined }): boolean {
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  return headers.origin === undefined && (name === 'localhost' || name === '[::1]' || isLoopback(name));
}

/** Opens a port of this machine alone, 0 for a free one; any other address is a bug of the caller. */
export async function listenHere(server: Server, host: string, port: number): Promise<void> {
  if (!isLoopback(host)) throw new RangeError(`a simulated broker is served on this machine alone, not on ${host}`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

/** The port that it listens on. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Closes it with all its connections. */
export const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
