import { answered, type LastingLineSettings, type NoAnswer } from '#adapters/alpaca/lasting-line';
import { listOf, numberIn, textIn } from '#domain/values/json-field';
import { parsed } from '#engine/ports/json-text';
import type { Socket, SocketLost } from '#engine/ports/socket';

/** How a connection to the data host ends: as any, or with a code of the server, 0 for an error that has none. */
export type DataEnd = SocketLost | NoAnswer | DataError;

/** An error that the server has told. */
export type DataError = { readonly kind: 'error'; readonly code: number };

/** Codes after which the same again helps nobody, whatever the stream. Source: broker-alpaca §15. */
export const refusals: Readonly<Record<number, string>> = {
  401: 'not authenticated',
  402: 'authentication failed',
  403: 'already authenticated',
  408: 'not enabled for this account',
};

/** Says who we are, as each stream of the data host wants it; null when the server agrees. */
export async function introduce(socket: Socket, { keyId, secret, answerMsMax }: LastingLineSettings): Promise<DataEnd | null> {
  const unheard = await answerTo(socket, 'connected', answerMsMax);
  if (unheard !== null) return unheard;
  socket.send(JSON.stringify({ action: 'auth', key: keyId, secret }));
  return answerTo(socket, 'authenticated', answerMsMax);
}

/** Waits for a success of that name, or for the list of what is subscribed. */
export const answerTo = (socket: Socket, wanted: 'connected' | 'authenticated' | 'subscription', msMax: number): Promise<DataEnd | null> =>
  answered(socket, { to: wanted, msMax }, (text) => {
    for (const message of messagesOf(text)) {
      const error = errorIn(message);
      if (error !== null) return error;
      const type = textIn(message, 'T');
      if (type === wanted || (type === 'success' && textIn(message, 'msg') === wanted)) return 'heard';
    }
    return null;
  });

/** The messages of one text; what is no JSON is one that says nothing, since the next may. */
export function messagesOf(text: string): readonly unknown[] {
  const raw = parsed(text);
  return listOf(raw) ?? [raw];
}

/** The error that a message tells of; null for any other. */
export function errorIn(message: unknown): DataError | null {
  return textIn(message, 'T') === 'error' ? { kind: 'error', code: numberIn(message, 'code') ?? 0 } : null;
}
