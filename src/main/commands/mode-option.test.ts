import { expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings';
import { type ModeChoice, modeOption, withMode } from '#main/commands/mode-option';

const chosen = (...words: readonly string[]): ModeChoice => words.reduce<ModeChoice>((before, word) => modeOption(word, before), {});

test.each([
  [[], 'normal', 'autonomous'],
  [['supervised'], 'normal', 'supervised'],
  [['aggressive'], 'aggressive', 'autonomous'],
  [['conservative', 'supervised'], 'conservative', 'supervised'],
  [['supervised', 'conservative'], 'conservative', 'supervised'],
  [['normal', 'normal'], 'normal', 'autonomous'],
])('--mode %o trades %s and %s', (words, mode, control) => {
  expect(withMode(defaultSettings, chosen(...words))).toEqual({
    ...defaultSettings,
    mode,
    session: { ...defaultSettings.session, control },
  });
});

test.each([
  [['eager'], 'Expected one of normal, aggressive, conservative, autonomous, supervised.'],
  [['supervised', 'autonomous'], 'It cannot be supervised and autonomous at once.'],
  [['normal', 'supervised', 'aggressive'], 'It cannot be normal and aggressive at once.'],
])('--mode %o is refused', (words, reason) => {
  expect(() => chosen(...words)).toThrow(reason);
});
