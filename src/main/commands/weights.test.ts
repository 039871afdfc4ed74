import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { weightsOption, withWeights } from '#main/commands/weights';

test('any of the weights may be given, in any order; the others stay', () => {
  const settings = withWeights(defaultSettings, weightsOption('confidence=12.5,gap=0'));
  expect(settings.scanner.weights).toEqual({ gap: 0, change: 1, relativeVolume: 1 });
  expect(settings.weights).toEqual({ catalyst: 5, indicator: 1, confidence: 12.5 });
  expect({ ...settings, scanner: null, weights: null }).toEqual({ ...defaultSettings, scanner: null, weights: null });
});

test.each([
  ['momentum=1', 'No weight is called "momentum"'],
  ['', 'No weight is called ""'],
  ['gap=1,', 'No weight is called ""'],
  ['gap=-1', 'The weight gap must be a plain number of zero or more'],
  ['gap=Infinity', 'The weight gap must be a plain number'],
  ['gap=NaN', 'The weight gap must be a plain number'],
  ['gap=1e400', 'The weight gap must be a plain number'],
  ['gap=', 'The weight gap must be a plain number'],
  ['gap', 'The weight gap must be a plain number'],
  ['gap=1=2', 'The weight gap must be a plain number'],
  ['gap=1,gap=2', 'The weight gap is given twice'],
])('"%s" is refused', (text, sentence) => {
  expect(() => weightsOption(text)).toThrow(sentence);
});
