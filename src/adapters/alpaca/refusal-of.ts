import { sharesOf } from '#adapters/alpaca/decimal-text';
import { firstWords } from '#domain/values/first-words';
import { fieldIn, identityIn, textIn } from '#domain/values/json-field';
import type { Ask, BrokerRefusal } from '#engine/ports/brokerage';

const SAID_MAX = 200;

/** What is repeated of an answer or a message. Keys were taken out when it came in. */
export const shown = (text: string): string => firstWords(text, SAID_MAX);

type Reason = BrokerRefusal['reason'];

/** A part of a message, in lower case, and what it means. The more special stands before the more general. Source: broker-alpaca §17. */
const messages: readonly (readonly [part: string, reason: Reason])[] = [
  ['client_order_id must be unique', 'duplicate_client_id'],
  ['insufficient qty', 'shares_reserved'],
  ['buying power', 'buying_power'],
  ['wash trade', 'wash_trade'],
  ['opposite side', 'wash_trade'],
  ['must be entry orders', 'not_an_entry'],
  ['sub-penny', 'bad_price'],
  ['base price', 'bad_price'],
  ['base_price', 'bad_price'],
  ['current price', 'bad_price'],
  ['invalid limit_price', 'bad_price'],
  ['invalid stop_price', 'bad_price'],
  ['take_profit.limit_price must', 'bad_price'],
  ['stop_loss.stop_price must', 'bad_price'],
  ['not cancelable', 'not_cancelable'],
  ['cannot be canceled', 'not_cancelable'],
  ['parameters are not changed', 'unchanged'],
  ['not replaceable', 'not_replaceable'],
  ['cannot be replaced', 'not_replaceable'],
  ['cannot replace', 'not_replaceable'],
  ['unable to replace', 'not_replaceable'],
  ['not fractionable', 'not_tradable'],
  ['not tradable', 'not_tradable'],
  ['is not active', 'not_tradable'],
  ['not found', 'not_tradable'],
  ['hard-to-borrow', 'not_tradable'],
  ['allowed to short', 'not_tradable'],
  ['sold short', 'not_tradable'],
  ['pattern day trading', 'account_blocked'],
  ['new orders are rejected by user request', 'account_blocked'],
  ['suspended by user', 'account_blocked'],
  ['account is', 'account_blocked'],
  ['account not eligible', 'account_blocked'],
  ['not authorized', 'not_authorized'],
  ['unauthorized', 'not_authorized'],
  ['forbidden.', 'not_authorized'],
];

const has = (raw: unknown, ...names: readonly string[]): boolean => names.some((name) => fieldIn(raw, name) !== null);

/** Extra fields first, the message second, the code last: 40310000 alone stands for a dozen causes. */
export function refusalOf(ask: Ask, status: number, raw: unknown): BrokerRefusal {
  return {
    kind: 'refused',
    reason: reasonOf(ask, status, raw),
    available: sharesOf(identityIn(raw, 'available')),
    status,
    said: shown(textIn(raw, 'message') ?? ''),
  };
}

function reasonOf(ask: Ask, status: number, raw: unknown): Reason {
  if (has(raw, 'held_for_orders', 'existing_qty', 'available')) return 'shares_reserved';
  if (has(raw, 'existing_order_id')) return 'wash_trade';
  if (has(raw, 'buying_power', 'cost_basis')) return 'buying_power';
  const message = (textIn(raw, 'message') ?? '').toLowerCase();
  const meant = messages.find(([part]) => message.includes(part));
  if (meant !== undefined) return meant[1];
  const code = identityIn(raw, 'code');
  if (status === 401 || code === '40110000') return 'not_authorized';
  if (code === '40310100') return 'account_blocked';
  // The one code of §17 that tells of an earlier submit; "order_id is missing" shares it, and is a bug of ours.
  const isSubmit = ask.kind === 'submit_bracket' || ask.kind === 'submit_exit';
  if (isSubmit && status === 422 && code === '40010001' && !message.includes('missing')) return 'duplicate_client_id';
  // Whatever the words are, the next step is to read the order: "order is already in filled state", say.
  if (ask.kind === 'cancel_order' && status === 422) return 'not_cancelable';
  if (ask.kind === 'replace_order' && status === 422) return 'not_replaceable';
  return 'other';
}
