import type { OrderRole } from '#domain/orders/order';
import type { Instant } from '#domain/values/instant';
import type { Json } from '#simulation/broker/json';

/** When a rule fires among what it matches: from the `nth` (1 is the first) on, `times` times; 0 is for ever. */
export type Occurrences = { readonly nth?: number; readonly times?: number; readonly from?: Instant; readonly until?: Instant };

/** What is asked for, or whose news they are. A field that is left out matches everything. */
export type About = { readonly ticker?: string; readonly role?: OrderRole };

export type RequestEffect =
  /** Nothing is done and no answer comes. */
  | { readonly kind: 'drop_before'; readonly how: 'silence' | 'reset' }
  /** It is done, and no answer comes. */
  | { readonly kind: 'drop_after'; readonly how: 'silence' | 'reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'corrupt_json' }
  | { readonly kind: 'empty_object' }
  | { readonly kind: 'html'; readonly status: number }
  /** Any status with any body, before the request is carried out (and then it is not) or after. */
  | { readonly kind: 'answer'; readonly when: 'before' | 'after'; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: 'rate_limited'; readonly headers: 'right' | 'none' | 'wrong' }
  /** A GET tells how orders, positions and the account were so many milliseconds ago. */
  | { readonly kind: 'stale'; readonly ms: number }
  /** A list ends after so many rows, and says nothing of it. */
  | { readonly kind: 'short_list'; readonly rows: number }
  /** Sets a field wherever it stands in the body: an unknown word, a field nobody knows. */
  | { readonly kind: 'set_field'; readonly field: string; readonly value: Json }
  | { readonly kind: 'remove_field'; readonly field: string };

export type StreamEffect =
  | { readonly kind: 'lose' }
  | { readonly kind: 'duplicate'; readonly copies: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** It is told after so many of the news that follow it. */
  | { readonly kind: 'reorder'; readonly window: number }
  /** From this one on nothing is told for so long; the line stays, and answers pings or does not. */
  | { readonly kind: 'mute'; readonly ms: number; readonly pings: boolean }
  | { readonly kind: 'reset'; readonly code: number }
  | { readonly kind: 'set_field'; readonly field: string; readonly value: Json }
  | { readonly kind: 'remove_field'; readonly field: string }
  | { readonly kind: 'corrupt_json' };

export type OrderEffect =
  /** A group is taken without its legs. */
  | 'legs_ignored'
  /** A group is taken without one of its legs: whichever the rule's role names. */
  | 'leg_ignored'
  /** The broker gives the order a name of its own in the place of ours. */
  | 'client_id_lost'
  /** A leg is rejected when its entry has filled. */
  | 'leg_rejected'
  /** An order is rejected after the 200. */
  | 'rejected_later'
  /** A cancel stays `pending_cancel` for ever. */
  | 'cancel_stuck'
  /** A replacement stays under way for ever, and the old order in `pending_replace`. */
  | 'replace_stuck'
  /** What could fill at once gets a part first. */
  | 'part_first'
  /** The fill wins against the cancel. */
  | 'fill_over_cancel'
  /** The sibling of a leg that fills is not cancelled and fills as well. */
  | 'both_legs_fill'
  /** A stop leg that triggers is replaced by an order of another id, which fills. */
  | 'stop_by_replacement'
  /** After a part of the target neither leg works for what remains. */
  | 'target_deadlock';

/** One thing that goes wrong: data alone, so that a script in JSON can hold it. `name` stands in the list of what has fired. */
export type FaultRule = { readonly name: string } & Occurrences &
  (
    | ({
        readonly on: 'request';
        readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
        /** `*` stands for any text: `/v2/orders*`. */
        readonly path?: string;
        readonly effect: RequestEffect;
      } & About)
    | ({ readonly on: 'event'; readonly event?: string; readonly effect: StreamEffect } & About)
    | ({ readonly on: 'order'; readonly effect: OrderEffect } & About)
    | { readonly on: 'handshake'; readonly status: number }
    /** Holds while `from` and `until` say so: every key is refused, or a client id may come twice. */
    | { readonly on: 'standing'; readonly effect: 'keys_expired' | 'ids_not_unique' }
  );

/** A fault that has happened: of which rule, when, and to what. */
export type FaultFired = { readonly name: string; readonly at: Instant; readonly to: string };
