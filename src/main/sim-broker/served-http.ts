import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientRequest, ServedReply } from '#simulation/broker/served';

const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/** A request as the broker takes it; null for a method that it does not know. A name that is said twice counts as it was said last. */
export function clientRequest(request: IncomingMessage, body: string): ClientRequest | null {
  const method = methods.find((each) => each === request.method);
  const url = addressOf(request);
  if (method === undefined || url === null) return null;
  const query = Object.fromEntries(url.searchParams);
  return { method, path: url.pathname, query, body, ...keysIn(request) };
}

/** The path and query of a request; null where it is no address. */
export function addressOf(request: IncomingMessage): URL | null {
  return URL.canParse(request.url ?? '', 'http://simulated') ? new URL(request.url ?? '', 'http://simulated') : null;
}

/** The keys of its headers. A bearer's token is nobody's key here. */
export const keysIn = ({ headers }: IncomingMessage): { readonly keyId: string; readonly secret: string } => ({
  keyId: String(headers['apca-api-key-id'] ?? ''),
  secret: String(headers['apca-api-secret-key'] ?? ''),
});

/** Does on the connection what the broker says becomes of a request. */
export function giveReply(reply: ServedReply, response: ServerResponse): void {
  const { socket } = response;
  switch (reply.kind) {
    case 'silence':
      return;
    case 'reset':
      socket?.resetAndDestroy();
      return;
    case 'answer':
    case 'cut': {
      const body = Buffer.from(reply.body, 'utf8');
      // A status without a body has no length either. Source: RFC 9110, 8.6.
      const length = reply.status === 204 ? {} : { 'content-length': String(body.length) };
      response.writeHead(reply.status, { ...reply.headers, ...length });
      if (reply.kind === 'answer') return void response.end(reply.status === 204 ? undefined : body);
      // What was promised by the length never comes.
      response.write(body.subarray(0, Math.min(reply.bytes, body.length)), () => socket?.destroy());
      response.flushHeaders();
      return;
    }
  }
}
