import { beginningOf, fitting } from '#adapters/webhook/fit';
import type { Letter } from '#engine/ports/alert-channel';

/** Of one block of plain text, and of the line that a telephone shows. Source: docs.slack.dev, block kit and chat.postMessage. */
const BLOCK_MAX = 3_000;
const LINE_MAX = 300;
const BLOCKS_MAX = 3;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * An incoming webhook of Slack. The text stands in blocks of `plain_text`, in which neither mark-up nor a mention means anything; in
 * the line for notifications `<!channel>` and links are taken apart.
 */
export function slackBody({ subject, text, id }: Letter): string {
  const whole = `${text.trimEnd()}\n(${id})`;
  const parts: string[] = [];
  for (let rest = whole; rest !== '' && parts.length < BLOCKS_MAX; ) {
    const part = parts.length === BLOCKS_MAX - 1 ? fitting(rest, BLOCK_MAX) : beginningOf(rest, BLOCK_MAX);
    parts.push(part);
    rest = parts.length === BLOCKS_MAX ? '' : rest.slice(part.length);
  }
  return JSON.stringify({
    text: fitting(subject, LINE_MAX).replace(/[&<>]/g, (character) => entities[character] ?? ''),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: parts.map((part) => ({ type: 'section', text: { type: 'plain_text', text: part, emoji: false } })),
  });
}
