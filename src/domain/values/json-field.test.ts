import { expect, test } from 'vitest';
import { fieldIn, identityIn, shortly } from '#domain/values/json-field';

test('what is received is told shortly, however long or deep it is', () => {
  expect(shortly({ a: [1, { b: 'c' }] })).toBe('{"a":[1,{"b":"c"}]}');
  expect(shortly(undefined)).toBe('nothing');
  expect(shortly('x'.repeat(100))).toBe(`${'x'.repeat(80)}…`);
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(shortly(deep)).toBe('[[[[[[[["…"]]]]]]]]');
  expect(shortly(JSON.parse('{"a":'.repeat(100_000) + '1'.concat('}'.repeat(100_000))), 20)).toBe('{"a":{"a":{"a":{"a":…');
});

test('a field is the own one of the object, never what every object has', () => {
  expect(fieldIn(JSON.parse('{"__proto__":{"id":1}}'), 'id')).toBeNull();
  expect(fieldIn({}, 'constructor')).toBeNull();
});

test('an identity that has lost digits is none', () => {
  expect(identityIn({ id: 24_918_784 }, 'id')).toBe('24918784');
  expect(identityIn(JSON.parse('{"id":12345678901234567890}'), 'id')).toBeNull();
});
