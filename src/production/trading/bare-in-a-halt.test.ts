import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import { instant } from '#domain/values/instant';
import { quantity } from '#domain/values/quantity';
import { symbolIndex } from '#domain/values/symbol';
import { at } from '#tests/one-service';
import { asked, holding } from '#tests/one-trade';

const symbol = symbolIndex(0);
const missing: Event = { kind: 'cover_missing', symbol, held: quantity(200), covered: quantity(0), since: instant(0) };
const status = (word: 'halted' | 'trading'): Event => ({ kind: 'asset_status_changed', symbol, status: word });

test('E5: nothing is sent for bare shares of a name that does not trade, and a stop once it does', () => {
  const alone = holding(200);
  alone.sees(status('halted'), at('10:02'));
  expect(asked(alone.sees(missing, at('10:02')))).toEqual([]);
  alone.sees(status('trading'), at('10:10'));
  expect(asked(alone.sees(missing, at('10:10')))).toEqual([
    'cancel 7-stop (protection_missing)',
    'stop stop 200 stop 98 (protection_missing)',
  ]);
});
