import { shown } from '#adapters/alpaca/refusal-of';
import { withoutKeys } from '#domain/values/redacted';
import { ok, type Result } from '#domain/values/result';
import type { Clock } from '#engine/ports/clock';
import type { Dial, Socket, SocketLost } from '#engine/ports/socket';

/** What a line to one of Alpaca's streams needs. */
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

/** What is told of the line itself. */
export type LineNews =
  | { readonly kind: 'line_ready' }
  | { readonly kind: 'line_lost'; readonly why: string }
  | { readonly kind: 'line_refused'; readonly said: string };

/** Nothing came, or nothing that was an answer. */
export type NoAnswer = { readonly kind: 'no_answer'; readonly to: string };

/** How a connection ended: `refused` where waiting alone does not help. */
export type LineEnd =
  | SocketLost
  | NoAnswer
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'refused'; readonly said: string };

/** The server keeps a half-dead connection for about 90 s, and an early second one is refused: so the first pause is long (C6). */
const PAUSE_MS = 5_000;
const PAUSE_MS_MAX = 60_000;
/** A refusal may pass as well, and nobody may give up silently (C10). */
const REFUSED_PAUSE_MS = 60_000;
const REFUSED_PAUSE_MS_MAX = 600_000;
/** A server that talks and talks without an answer gives none. */
const ANSWER_TEXTS_MAX = 100;

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
  const { clock, random } = settings;
  let losses = 0;
  let refusals = 0;
  const ready = (): void => {
    losses = 0;
    refusals = 0;
    tell({ kind: 'line_ready' });
  };
  while (!stop.aborted) {
    const end = await connection(settings, stop, (socket) => live(socket, ready));
    if (stop.aborted) return;
    const news = newsOf(end);
    tell(news);
    const pauseMs =
      news.kind === 'line_lost'
        ? lossPauseMs(++losses, PAUSE_MS_MAX, random)
        : doubledMs(REFUSED_PAUSE_MS, ++refusals, REFUSED_PAUSE_MS_MAX, random);
    await clock.sleep(pauseMs, stop);
  }
}

/** A new connection. Its server may repeat the keys that it was told: they are taken out of what it says. */
export async function dialled({ dial, url, keyId, secret }: LastingLineSettings, stop: AbortSignal): Promise<Result<Socket, SocketLost>> {
  const line = await dial(url, stop);
  if (!line.ok) return line;
  const socket = line.value;
  return ok({
    send: (text) => socket.send(text),
    close: () => socket.close(),
    next: async (msMax) => {
      const text = await socket.next(msMax);
      return text.ok ? ok(withoutKeys(text.value, [keyId, secret])) : text;
    },
  });
}

/** How long to wait after so many losses in a row. */
export const lossPauseMs = (losses: number, msMax: number, random: () => number): number => doubledMs(PAUSE_MS, losses, msMax, random);

/** Waits for the text in which `hear` finds the answer, `'heard'`: null. What else ends the line is returned. */
export async function answered<End extends { readonly kind: string }>(
  socket: Socket,
  { to, msMax }: { readonly to: string; readonly msMax: number },
  hear: (text: string) => End | 'heard' | null,
): Promise<End | SocketLost | NoAnswer | null> {
  for (let texts = 0; texts < ANSWER_TEXTS_MAX; texts++) {
    const text = await socket.next(msMax);
    if (!text.ok) return text.problem.why === 'timeout' ? { kind: 'no_answer', to } : text.problem;
    const heard = hear(text.value);
    if (heard !== null) return heard === 'heard' ? null : heard;
  }
  return { kind: 'no_answer', to };
}

async function connection(settings: LastingLineSettings, stop: AbortSignal, live: (socket: Socket) => Promise<LineEnd>): Promise<LineEnd> {
  const socket = await dialled(settings, stop);
  if (!socket.ok) return socket.problem;
  try {
    return await live(socket.value);
  } finally {
    socket.value.close();
  }
}

/** Up to half as much again by chance, so that clients do not come in step. */
function doubledMs(firstMs: number, times: number, msMax: number, random: () => number): number {
  const whole = Math.min(msMax, firstMs * 2 ** Math.min(20, times - 1));
  return Math.round(whole * (1 + random() / 2));
}

/** A handshake is refused for good by what concerns the keys only; 429 is the half-dead connection of before. */
function newsOf(end: LineEnd): Exclude<LineNews, { kind: 'line_ready' }> {
  if (end.kind === 'refused') return { kind: 'line_refused', said: shown(end.said) };
  if (end.kind === 'no_answer') return { kind: 'line_lost', why: `no answer of ${end.to}` };
  if (end.kind === 'lost') return { kind: 'line_lost', why: end.why };
  const { why, code } = end;
  if (why === 'handshake_refused' && (code === 401 || code === 403))
    return { kind: 'line_refused', said: `the handshake was refused with ${code}` };
  return { kind: 'line_lost', why: code === null ? why : `${why} ${code}` };
}
