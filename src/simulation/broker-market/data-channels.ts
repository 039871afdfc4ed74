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

export type Channel = (typeof stockChannels)[number] | 'news';

/** Names of which trades or quotes are streamed count towards the limit of a plan; bars never do. */
const counted: readonly Channel[] = ['trades', 'quotes'];

export type Subscriptions = ReadonlyMap<Channel, readonly string[]>;

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

/** Trades bring their corrections with them. */
export function withAsked(before: Subscriptions, asked: Subscriptions): Subscriptions {
  const joined = new Map([...before].map(([channel, list]) => [channel, merged(list, asked.get(channel) ?? [])]));
  const trades = joined.get('trades');
  if (trades === undefined) return joined;
  return joined.set('corrections', trades).set('cancelErrors', trades);
}

export function withoutAsked(before: Subscriptions, asked: Subscriptions): Subscriptions {
  const left = new Map([...before].map(([channel, list]) => [channel, list.filter((each) => asked.get(channel)?.includes(each) !== true)]));
  const trades = left.get('trades');
  if (trades === undefined) return left;
  return left.set('corrections', trades).set('cancelErrors', trades);
}

const merged = (before: readonly string[], more: readonly string[]): readonly string[] => [...new Set([...before, ...more])];

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
