import { discordBody } from '#adapters/webhook/discord';
import { slackBody } from '#adapters/webhook/slack';
import { telegramBody } from '#adapters/webhook/telegram';
import { fieldIn, numberIn } from '#domain/values/json-field';
import { fail, ok, type Result } from '#domain/values/result';
import type { AlertChannel, Letter, SendProblem } from '#engine/ports/alert-channel';
import type { Http, HttpProblem } from '#engine/ports/http';
import { parsed } from '#engine/ports/json-text';

export type WebhookShape = { readonly kind: 'slack' | 'discord' | 'webhook' } | { readonly kind: 'telegram'; readonly chat: string };

export type WebhookOptions = { readonly name: string; readonly url: URL; readonly shape: WebhookShape; readonly http: Http };

/** A message as JSON to an address. `http` tries once and bounds the try; whoever sends decides about the next. */
export class WebhookChannel implements AlertChannel {
  readonly name: string;
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async send(letter: Letter): Promise<Result<string, SendProblem>> {
    const { url, shape, http } = this.#options;
    const headers = { 'content-type': 'application/json', 'x-catalyst-message': letter.id, 'x-catalyst-attempt': String(letter.attempt) };
    const answer = await http.post({ url, headers, body: bodyOf(letter, shape) });
    return answer.ok ? ok(http.shown(answer.value) || 'taken') : fail(problemOf(answer.problem));
  }

  close(): void {}
}

function bodyOf(letter: Letter, shape: WebhookShape): string {
  switch (shape.kind) {
    case 'slack':
      return slackBody(letter);
    case 'discord':
      return discordBody(letter);
    case 'telegram':
      return telegramBody(letter, shape.chat);
    case 'webhook': {
      const { id, attempt, severity, subject, text, data } = letter;
      return JSON.stringify({ id, attempt, severity, subject, text, data });
    }
  }
}

function problemOf(problem: HttpProblem): SendProblem {
  switch (problem.kind) {
    case 'unreachable': {
      const why = `${problem.last.replaceAll('_', ' ')}${problem.status === null ? '' : ` (${problem.status})`} ${problem.said}`.trim();
      if (problem.last === 'too_many_requests') return { kind: 'rate_limited', why, waitMs: waitSaid(problem.said) };
      return problem.last === 'no_connection' ? { kind: 'unreachable', why } : { kind: 'uncertain', why };
    }
    case 'rate_limited':
      return {
        kind: 'rate_limited',
        why: `too many requests ${problem.said}`.trim(),
        waitMs: Math.max(problem.waitMs, waitSaid(problem.said)),
      };
    case 'refused':
      return { kind: 'refused', why: `${problem.status} ${problem.said}`.trim() };
    case 'too_large':
      return { kind: 'uncertain', why: `an answer of more than ${problem.bytesMax} bytes` };
    case 'stopped':
      return { kind: 'unreachable', why: 'stopped' };
  }
}

/** Discord says it in the body, in seconds, and so does Telegram under `parameters`. */
function waitSaid(said: string): number {
  const answer = parsed(said);
  const seconds = numberIn(answer, 'retry_after') ?? numberIn(fieldIn(answer, 'parameters'), 'retry_after') ?? 0;
  return Math.max(0, Math.ceil(seconds * 1000));
}
