import type { Intent } from '#domain/orders/intent';
import type { Cash } from '#domain/values/cash';
import type { Price } from '#domain/values/price';
import type { Quantity } from '#domain/values/quantity';

declare const approval: unique symbol;

/** Proof that risk looked at it. Only this file can make one, so nothing unapproved can be sent. */
export type Approved<Item> = Item & { readonly [approval]: true };

/** An intent with its size and its stop; `risk` is what is lost if the stop fills at its price. */
export type SizedIntent = Intent & { readonly stop: Price; readonly shares: Quantity; readonly risk: Cash };
