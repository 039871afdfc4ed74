import { shown } from '#adapters/alpaca/refusal-of';
import { withoutKeys } from '#domain/values/redacted';
import { ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { Dial, Socket, SocketLost } from '#engine/ports/socket';

export type LastingLineSettings = {
  readonly dial: Dial;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly url: URL;
  readonly keyId: string;
  readonly secret: string;
  /** How long each answer of the introduction may take. */
  readonly answerMsMax: number;
};

export type LineNews =
  | { readonly kind: 'line_ready' }
  | { readonly kind: 'line_lost'; readonly why: string }
  | { readonly kind: 'line_refused'; readonly said: string };

/** How a connection ended: `refused` where waiting alone does not help. */
export type LineEnd = SocketLost | { readonly kind: 'lost'; readonly why: string } | { readonly kind: 'refused'; readonly said: string };

/** The server keeps a half-dead connection for about 90 s, and an early second one is refused: so the first pause is long (C6). */
const PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 60_000;
/** A refusal may pass as well, and nobody may give up silently (C10). */
const REFUSED_PAUSE_MS = 60_000;
const REFUSED_PAUSE_MS_MAX = 600_000;

/**
 * Connects, lets `live` do the rest, and connects again for as long as it is not told to stop. `live` says `ready` when
 * the other side has agreed to tell everything. What `tell` throws is a bug of whoever listens, and ends the line loudly.
 */
export async function keepLine(
  settings: LastingLineSettings,
  live: (socket: Socket, ready: () => void) => Promise<LineEnd>,
  tell: (news: LineNews) => void,
  stop: AbortSignal,
): Promise<void> {
  let losses = 0;
  let refusals = 0;
  while (!stop.aborted) {
    const end = await connection(settings, stop, (socket) =>
      live(socket, () => {
        losses = 0;
        refusals = 0;
        tell({ kind: 'line_ready' });
      }),
    );
    if (stop.aborted) return;
    const refused = refusedBy(end);
    if (refused === null) losses++;
    else refusals++;
    tell(refused === null ? { kind: 'line_lost', why: whyOf(end) } : { kind: 'line_refused', said: refused });
    const whole = refused === null ? doubled(PAUSE_MS, losses, PAUSE_MS_MAX) : doubled(REFUSED_PAUSE_MS, refusals, REFUSED_PAUSE_MS_MAX);
    await settings.clock.sleep(Math.round(whole * (1 + settings.random() / 2)), stop);
  }
}

async function connection(
  { dial, url, keyId, secret }: LastingLineSettings,
  stop: AbortSignal,
  live: (socket: Socket) => Promise<LineEnd>,
): Promise<LineEnd> {
  const dialled = await dial(url, stop);
  if (!dialled.ok) return dialled.problem;
  const socket = withoutKeysIn(dialled.value, [keyId, secret]);
  try {
    return await live(socket);
  } finally {
    socket.close();
  }
}

const doubled = (first: number, times: number, max: number): number => Math.min(max, first * 2 ** Math.min(20, times - 1));

/** A handshake is refused for good by what concerns the keys only; 429 is the half-dead connection of before. */
function refusedBy(end: LineEnd): string | null {
  if (end.kind === 'refused') return shown(end.said);
  const isOfKeys = end.kind === 'socket_lost' && end.why === 'handshake_refused' && (end.code === 401 || end.code === 403);
  return isOfKeys ? `the handshake was refused with ${end.code}` : null;
}

const whyOf = (end: LineEnd): string =>
  end.kind === 'socket_lost' ? (end.code === null ? end.why : `${end.why} ${end.code}`) : end.kind === 'lost' ? end.why : '';

/** A line whose server may repeat the keys that it was told. */
const withoutKeysIn = (socket: Socket, keys: readonly string[]): Socket => ({
  send: (text) => socket.send(text),
  close: () => socket.close(),
  next: async (msMax): Promise<Result<string, SocketLost>> => {
    const text = await socket.next(msMax);
    return text.ok ? ok(withoutKeys(text.value, keys)) : text;
  },
});
