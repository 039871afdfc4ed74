import type { Frame } from '#domain/events/frame';
import type { Instant } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import type { SymbolIndex, Ticker } from '#domain/values/symbol';

/** `halted` comes back by itself; `not_tradable` is the broker's word on the name. */
export type AssetStatus = 'trading' | 'halted' | 'not_tradable';

export type NamedSector = { readonly symbol: SymbolIndex; readonly sector: string };

/** What the market and its calendar do; made at the door. */
export type MarketEvent =
  | {
      readonly kind: 'session_opened';
      readonly date: SessionDate;
      readonly open: Instant;
      readonly close: Instant;
      /** Local minute of the day of the regular open and close: 570 and 960, or 780 on a half day. */
      readonly openMinute: number;
      readonly closeMinute: number;
      /** A session that only teaches: nothing is scanned or traded in it. */
      readonly history: boolean;
      /** Tickers seen for the first time; each takes the next column of the frame. */
      readonly listed: readonly Ticker[];
    }
  | { readonly kind: 'bars_closed'; readonly frame: Frame }
  | {
      readonly kind: 'split_took_effect';
      readonly symbol: SymbolIndex;
      /** New shares for each old share: 7 for the 7:1 split of AAPL in 2014. */
      readonly ratio: number;
    }
  /** Whether a name may be traded just now; a name that nobody told of is trading. */
  | { readonly kind: 'asset_status_changed'; readonly symbol: SymbolIndex; readonly status: AssetStatus }
  /** In which sector names are, by the file that the user gave; the others are of unknown sector. */
  | { readonly kind: 'sectors_listed'; readonly sectors: readonly NamedSector[] }
  | {
      readonly kind: 'session_closed';
      readonly date: SessionDate;
      /** Start of the last minute in which anything traded; null when nothing did. */
      readonly lastBar: Instant | null;
      /** Whether the data reached the last minute of the session. */
      readonly complete: boolean;
    };
