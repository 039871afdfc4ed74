import type { Request } from '#domain/events/request';
import { stopLevels } from '#domain/risk/stop-level';
import type { SymbolIndex } from '#domain/values/symbol';
import type { FaultKind } from '#tests/simulation/days/fault';

const wishes: readonly (readonly [name: string, value: string])[] = [
  ['limits.lossTodayMax', '5000000'],
  ['limits.openPositionsMax', '3'],
  ['limits.openPositionsMax', '5'],
  ['limits.riskPerTradeMax', '0.01'],
  ['mode', '"conservative"'],
  ['mode', '"aggressive"'],
  ['exits.timeStopMinutes', '20'],
  ['limits.nothingOfThatName', '1'],
];

const asker = { by: 'ada', from: 'person', because: 'the days want it' } as const;

/** What a person asks for; null for a kind that is nobody's wish. */
export function parameterRequests(kind: FaultKind, { a, b, symbol }: { a: number; b: number; symbol: SymbolIndex }): Request | null {
  switch (kind) {
    case 'stop_trading':
      return { kind, level: stopLevels[Math.floor(b * stopLevels.length)] ?? 'flatten', ...asker };
    case 'clear_stop':
      return { kind, ...asker };
    case 'close_position':
      return { kind, symbol, code: null, ...asker };
    case 'change_parameter': {
      const [name, value] = wishes[Math.floor(a * wishes.length)] ?? ['mode', '"normal"'];
      return { kind, name, value, ...asker };
    }
    default:
      return null;
  }
}
