import { fitting } from '#adapters/webhook/fit';
import type { Letter } from '#engine/ports/alert-channel';

/** Source: discord.com/developers, Execute Webhook. */
const CONTENT_MAX = 2_000;
/** SUPPRESS_EMBEDS: nothing is fetched for an address in the text. */
const NO_EMBEDS = 4;

/** Every sign that Discord reads as mark-up, as itself. */
const plain = (text: string): string => text.replace(/[\\*_~`|>#[\]()<:@+-]/g, (sign) => `\\${sign}`);

/** A webhook of Discord. Nobody is mentioned, whatever the text says: `allowed_mentions` is empty. */
export function discordBody({ text, id }: Letter): string {
  const tail = `\n(${id})`;
  // What is escaped may be twice as long: as much of the text as fits, and never half of an escape.
  let kept = fitting(text.trimEnd(), CONTENT_MAX);
  while (plain(kept + tail).length > CONTENT_MAX) kept = fitting(kept, kept.length - 50);
  return JSON.stringify({ content: plain(kept + tail), allowed_mentions: { parse: [] }, flags: NO_EMBEDS, username: 'Catalyst' });
}
