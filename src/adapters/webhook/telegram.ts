import { fitting } from '#adapters/webhook/fit';
import type { Letter } from '#engine/ports/alert-channel';

/** Source: core.telegram.org/bots/api#sendmessage. */
const TEXT_MAX = 4_096;

/**
 * `sendMessage` of a bot. Without a parse mode nothing is mark-up; a word joiner after each @ keeps a name from being
 * called, and no preview is fetched.
 */
export const telegramBody = ({ text, id, severity }: Letter, chat: string): string =>
  JSON.stringify({
    chat_id: chat,
    text: fitting(`${text.trimEnd().replaceAll('@', '@\u2060')}\n(${id})`, TEXT_MAX),
    link_preview_options: { is_disabled: true },
    disable_notification: severity === 'information',
  });
