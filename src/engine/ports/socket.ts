import type { Result } from '#domain/values/result';

export type SocketLost = {
  readonly kind: 'socket_lost';
  readonly why: 'closed' | 'mute' | 'handshake_refused' | 'no_connection' | 'timeout' | 'too_much_waiting' | 'stopped';
  /** The close code, or the HTTP status of a refused handshake. */
  readonly code: number | null;
};

/** A line of text messages in both directions, watched for silence: a peer that answers no ping is lost. */
export type Socket = {
  send(text: string): void;
  /** The next message in order; waits for it, at most `msMax`. */
  next(msMax?: number): Promise<Result<string, SocketLost>>;
  close(): void;
};

export type Dial = (url: URL, stop: AbortSignal) => Promise<Result<Socket, SocketLost>>;
