import { fieldIn, listOf } from '#domain/values/json-field';

/** What can be subscribed to on a stream of stocks, as the confirmation lists it. Source: broker-alpaca §15. */
export const stockChannels = [
  'trades',
  'quotes',
  'bars',
  'updatedBars',
  'dailyBars',
  'statuses',
  'lulds',
  'corrections',
  'cancelErrors',
] as const;

/** A channel of stocks, or the one of news. */
export type Channel = (typeof stockChannels)[number] | 'news';

/** Names of which trades or quotes are streamed count towards the limit of a plan; bars never do. */
const counted: readonly Channel[] = ['trades', 'quotes'];

/** The names of each channel that a stream has; a star is all. */
export type Subscriptions = ReadonlyMap<Channel, readonly string[]>;

/** A stream before it has asked for anything. */
export const noSubscriptions = (channels: readonly Channel[]): Subscriptions => new Map(channels.map((channel) => [channel, []]));

/** The lists of a message; 'invalid' when one is no list of texts, 'foreign' when a channel is not of this feed. */
export function askedIn(message: unknown, channels: readonly Channel[]): Subscriptions | 'invalid' | 'foreign' {
  const asked = new Map<Channel, readonly string[]>();
  if (typeof message !== 'object' || message === null) return 'invalid';
  for (const name of Object.keys(message)) {
    if (name === 'action') continue;
    const channel = channels.find((each) => each === name);
    if (channel === undefined) return 'foreign';
    const list = listOf(fieldIn(message, name));
    if (list === null) return 'invalid';
    const texts = list.filter((each) => typeof each === 'string');
    if (texts.length !== list.length) return 'invalid';
    asked.set(channel, texts);
  }
  return asked;
}

/** What is subscribed to once that was asked for too. */
export function withAsked(before: Subscriptions, asked: Subscriptions): Subscriptions {
  return withCorrections(before, (channel, list) => [...new Set([...list, ...(asked.get(channel) ?? [])])]);
}

/** What is left of it without that. */
export function withoutAsked(before: Subscriptions, asked: Subscriptions): Subscriptions {
  return withCorrections(before, (channel, list) => list.filter((each) => asked.get(channel)?.includes(each) !== true));
}

/** Trades bring their corrections with them. */
function withCorrections(before: Subscriptions, changed: (channel: Channel, list: readonly string[]) => readonly string[]): Subscriptions {
  const after = new Map([...before].map(([channel, list]) => [channel, changed(channel, list)]));
  const trades = after.get('trades');
  return trades === undefined ? after : after.set('corrections', trades).set('cancelErrors', trades);
}

/** Whether it is more than so many names; a star is more than any number. */
export const isTooMany = (subscriptions: Subscriptions, max: number): boolean =>
  counted.some((channel) => {
    const list = subscriptions.get(channel) ?? [];
    return list.includes('*') || list.length > max;
  });

/** Whether a message of the channel about these names is wanted; a story of no name goes to whoever wants every story. */
export function isWanted(subscriptions: Subscriptions, channel: Channel, names: readonly string[]): boolean {
  const list = subscriptions.get(channel);
  return list !== undefined && list.length > 0 && (list.includes('*') || names.some((name) => list.includes(name)));
}
