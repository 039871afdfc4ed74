import { expect, test } from 'vitest';
import { isWeather } from '#adapters/postgres/weather';
import { assert } from '#domain/values/assert';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('a connection that breaks is weather', () => {
  expect(isWeather(new Error('Connection terminated unexpectedly'))).toBe(true);
});

test('what only a mistake in the code throws is no weather, which would be waited out for ever', () => {
  expect(isWeather(thrownBy(() => assert(false, 'a row is another')))).toBe(false);
  expect(isWeather(thrownBy(() => (null as unknown as { of(): void }).of()))).toBe(false);
});
