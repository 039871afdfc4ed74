import type { FoundSetup } from '#domain/events/funnel';
import type { Intent } from '#domain/orders/intent';
import { noRecord, patternKinds } from '#domain/patterns/setup';
import { type Price, price } from '#domain/values/price';
import { symbolIndex } from '#domain/values/symbol';
import type { RandomStream } from '#simulation/market/seeded-random';

const risers = patternKinds.slice(0, 9);

type Shape = Pick<Intent, 'limit' | 'atr' | 'support' | 'target'>;

/** Near the last close, with room for a target mostly; sometimes too near, too far, or far from the market. */
function someShape(chance: RandomStream, close: number): Shape {
  const away = chance.chance(0.9) ? chance.between(-0.001, 0.004) : chance.between(-0.05, 0.05);
  const limit = cents(close * (1 + away));
  const atr = Math.round(limit * chance.between(0.001, chance.chance(0.9) ? 0.012 : 0.04));
  const support = chance.chance(0.3) ? cents(limit * (1 - chance.between(0.002, 0.04))) : 0;
  const target = cents(limit * (1 + chance.between(0.02, 0.12)));
  return { limit, atr, support, target };
}

const cents = (value: number): Price => price(Math.max(100, Math.round(value / 100) * 100));

/** A setup as the pattern service would tell of it. */
export function someSetup(chance: RandomStream, symbol: number, close: number): FoundSetup {
  const { limit: entry, atr, support, target } = someShape(chance, close);
  const told = { entry, stop: cents(entry * 0.98), target, invalidation: cents(entry * 0.97), atr, support };
  return {
    symbol: symbolIndex(symbol),
    score: chance.uniform() * 20,
    pattern: chance.pick(risers),
    ...told,
    confidence: chance.uniform(),
    volumeConfirmed: chance.chance(0.5),
    record: noRecord,
    drawing: [],
    minuteShares: chance.integer(10, 200_000),
  };
}

/** An intent that no workflow has looked at: whatever part forms it, the gate is the same. */
export function someIntent(chance: RandomStream, symbol: number, close: number): Intent {
  return {
    symbol: symbolIndex(symbol),
    side: chance.chance(0.97) ? 'buy' : 'sell',
    ...someShape(chance, close),
    pattern: chance.pick(risers),
    confidence: chance.uniform(),
    liquidShares: chance.integer(0, 100_000),
    record: noRecord,
  };
}
