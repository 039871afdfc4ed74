import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disagreements } from '#domain/parameters/agreement';
import { faultsOf, judgeChange } from '#domain/parameters/judge-change';
import { leafNames, leafOf, withLeaf } from '#domain/parameters/leaves';
import type { ParameterValue } from '#domain/parameters/parameter';
import { fixedWhileRunning, parameters } from '#domain/parameters/table';
import { parsedValue, settingOf, settingOfText, spokenOf, spokenText } from '#domain/parameters/value-text';
import { defaultSettings, type Settings } from '#domain/settings';

const withAll = (changes: Readonly<Record<string, ParameterValue>>): Settings =>
  Object.entries(changes).reduce((settings, [name, value]) => withLeaf(settings, name, value), defaultSettings);

test('every leaf of the settings is a parameter, or is named as fixed while running', () => {
  const named = [...fixedWhileRunning, ...parameters].map(({ name }) => name);
  expect([...leafNames(defaultSettings)].sort()).toEqual([...named].sort());
  expect(new Set(named).size).toBe(named.length);
  expect(fixedWhileRunning.map(({ name }) => name)).toEqual(['capital']);
});

test('the defaults are allowed', () => expect(faultsOf(defaultSettings)).toEqual([]));

const directions: readonly [name: string, before: ParameterValue, after: string, kind: string][] = [
  ['limits.lossTodayMax', 20_000_000, '15000000', 'tighter'],
  ['limits.lossTodayMax', 15_000_000, '20000000', 'looser'],
  ['limits.lossTodayMax', 15_000_000, '15000000', 'same'],
  ['limits.rewardToRiskMin', 2, '2.5', 'tighter'],
  ['limits.rewardToRiskMin', 2, '1.5', 'looser'],
  ['limits.messagesForExits', 0.5, '0.6', 'tighter'],
  ['limits.messagesForExits', 0.5, '0.4', 'looser'],
  ['limits.messagesPerMinuteMax', 150, '100', 'looser'],
  ['limits.stopAtrs', 2, '1', 'looser'],
  ['limits.stopAtrs', 2, '3', 'looser'],
  ['mode', 'normal', '"conservative"', 'tighter'],
  ['mode', 'normal', '"aggressive"', 'looser'],
  ['mode', 'aggressive', '"normal"', 'tighter'],
  ['session.control', 'autonomous', '"supervised"', 'tighter'],
  ['session.control', 'supervised', '"autonomous"', 'looser'],
  ['session.operators', [], '["ada"]', 'looser'],
  ['session.operators', ['ada', 'bob'], '["ada"]', 'looser'],
  ['exits.timeStopMinutes', 120, '60', 'tighter'],
  ['exits.timeStopMinutes', 120, '0', 'looser'],
  ['exits.timeStopMinutes', 0, '120', 'tighter'],
  ['exits.limitBeforeClose', 10, '15', 'tighter'],
  ['exits.limitBeforeClose', 15, '10', 'looser'],
  ['permitted.never', ['AAA'], '["AAA","BBB"]', 'tighter'],
  ['permitted.never', ['AAA'], '["BBB"]', 'looser'],
  ['permitted.never', ['AAA'], '[]', 'looser'],
  ['permitted.only', [], '["AAA"]', 'tighter'],
  ['permitted.only', ['AAA', 'BBB'], '["BBB"]', 'tighter'],
  ['permitted.only', ['AAA'], '["AAA","BBB"]', 'looser'],
  ['permitted.only', ['AAA'], '[]', 'looser'],
  ['unexplainedSurge.on', true, 'false', 'tighter'],
  ['unexplainedSurge.on', false, 'true', 'looser'],
  ['weights.catalyst', 5, '4', 'looser'],
];
describe('a change is', () => {
  test.each(directions)('%s from %j to %s: %s %s', (name, before, after, kind) => {
    const judged = judgeChange(withAll({ [name]: before }), name, after);
    expect(judged.kind).toBe(kind);
    if (judged.kind !== 'fault') expect([judged.after, leafOf(judged.settings, name)]).toEqual([after, JSON.parse(after)]);
  });
});

/** Source: mission, section 2. */
const ceilings: readonly [name: string, last: ParameterValue, beyond: ParameterValue][] = [
  ['limits.lossTodayMax', 20_000_000, 20_000_001],
  ['limits.openPositionsMax', 5, 6],
  ['limits.lossesInARowMax', 3, 4],
  ['limits.sizeAfterLosses', 0.5, 0.51],
  ['limits.positionMax', 0.2, 0.201],
  ['limits.riskPerTradeMax', 0.02, 0.021],
  ['limits.openRiskMax', 0.05, 0.051],
  ['limits.rewardToRiskMin', 1.5, 1.49],
  ['limits.stopMax', 0.05, 0.051],
  ['limits.correlationMax', 0.7, 0.71],
  ['limits.grossExposureMax', 1, 1.01],
  ['limits.netExposureMax', 1, 1.01],
  ['exits.limitBeforeClose', 10, 9],
  ['exits.marketBeforeClose', 1, 0],
];
describe('K1: a hard rule of stage 1 cannot be passed', () => {
  test.each(ceilings)('%s: %j may be, %j not', (name, last, beyond) => {
    const tight = withAll({
      'exits.limitBeforeClose': 20,
      [name]: name === 'limits.rewardToRiskMin' ? 2 : (leafOf(defaultSettings, name) ?? 0),
    });
    expect(['looser', 'same']).toContain(judgeChange(tight, name, JSON.stringify(last)).kind);
    expect(judgeChange(tight, name, JSON.stringify(beyond))).toMatchObject({ kind: 'fault', fault: 'bad_value' });
    expect(faultsOf(withAll({ [name]: beyond })).map((fault) => fault.name)).toContain(name);
  });
  test.each(ceilings)('%s: no word, list, null, zero or sign below it switches it off (but where less is tighter)', (name) => {
    for (const value of ['null', 'false', '"off"', '[]', '-1', '{}', '1e400', 'NaN', ''])
      expect(judgeChange(defaultSettings, name, value)).toMatchObject({ kind: 'fault', fault: 'bad_value' });
  });
});

const faults: readonly [name: string, value: string, fault: string, detail: RegExp][] = [
  ['limits.lossTodayMin', '1', 'unknown_parameter', /no parameter limits\.lossTodayMin/],
  ['limits', '1', 'unknown_parameter', /no parameter limits/],
  ['__proto__', '1', 'unknown_parameter', /no parameter/],
  ['limits.constructor', '1', 'unknown_parameter', /no parameter/],
  ['capital', '1', 'unknown_parameter', /cannot be changed while running/],
  ['limits.lossTodayMax', '2000.5', 'bad_value', /dollars from 1 to 2000/],
  ['mode', '"reckless"', 'bad_value', /one of conservative, normal, aggressive/],
  ['permitted.never', '["aapl"]', 'bad_value', /list of tickers/],
  ['permitted.never', '["AAPL","AAPL"]', 'bad_value', /list of tickers/],
  ['limits.lossWarnAt', '0.95', 'bad_value', /lossWarnAt must be below limits\.lossWarnAgainAt/],
  ['limits.lossWarnAgainAt', '0.5', 'bad_value', /lossWarnAt must be below/],
  ['limits.stopMin', '0.049', 'looser', /^$/],
  ['limits.stopMax', '0.01', 'bad_value', /stopMin must be below limits\.stopMax/],
  ['limits.openRiskMax', '0.01', 'bad_value', /riskPerTradeMax must be at most/],
  ['limits.grossExposureMax', '0.5', 'bad_value', /netExposureMax must be at most/],
  ['exits.marketableBeforeClose', '11', 'bad_value', /marketableBeforeClose must be at most exits\.limitBeforeClose/],
  ['exits.marketBeforeClose', '8', 'bad_value', /marketBeforeClose must be at most exits\.marketableBeforeClose/],
];
test.each(faults)('%s cannot become %s: %s', (name, value, fault, detail) => {
  const judged = judgeChange(defaultSettings, name, value);
  if (judged.kind === 'fault') expect([judged.fault, judged.detail]).toEqual([fault, expect.stringMatching(detail)]);
  else expect(judged.kind).toBe(fault);
});

const anyValue = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom('true', 'false', '"normal"', '"autonomous"', '[]', '["A"]', '["A","B"]', '0', '1', '0.5', 'null'),
  fc.string(),
);
test('K1: whatever is asked for, in whatever order, no value ever lies outside of the table', () => {
  const names = fc.constantFrom(...parameters.map(({ name }) => name), 'capital', 'nothing');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, anyValue), { maxLength: 40 }), (wishes) => {
      let settings = defaultSettings;
      for (const [name, value] of wishes) {
        const judged = judgeChange(settings, name, value);
        if (judged.kind !== 'fault') settings = judged.settings;
      }
      expect([faultsOf(settings), disagreements(settings), settings.capital]).toEqual([[], [], defaultSettings.capital]);
    }),
  );
});

test('a change that is tighter is looser the other way round, and the other way round is never tighter as well', () => {
  fc.assert(
    fc.property(fc.constantFrom(...parameters), anyValue, anyValue, ({ name }, one, other) => {
      const [first, second] = [judgeChange(defaultSettings, name, one), judgeChange(defaultSettings, name, other)];
      if (first.kind === 'fault' || second.kind === 'fault') return;
      const [there, back] = [judgeChange(first.settings, name, other), judgeChange(second.settings, name, one)];
      if (there.kind === 'tighter') expect(back.kind).not.toBe('tighter');
    }),
  );
});

describe('what people write', () => {
  const named = (name: string) => [...fixedWhileRunning, ...parameters].find((one) => one.name === name) ?? parameters[0];
  const words: readonly [name: string, word: string, setting: unknown][] = [
    ['limits.lossTodayMax', '1500', 15_000_000],
    ['limits.lossTodayMax', '1500.25', 15_002_500],
    ['limits.lossTodayMax', '1500.00001', null],
    ['limits.lossTodayMax', '$1500', null],
    ['limits.lossTodayMax', '1,500', null],
    ['limits.positionMax', '0.15', 0.15],
    ['limits.positionMax', '15 %', null],
    ['limits.positionMax', '15', null],
    ['limits.openPositionsMax', '2.5', null],
    ['mode', 'conservative', 'conservative'],
    ['unexplainedSurge.on', 'false', false],
    ['unexplainedSurge.on', 'no', null],
    ['permitted.never', 'AAPL, BRK.B', ['AAPL', 'BRK.B']],
    ['permitted.never', '', []],
    ['permitted.never', 'AAPL,$X', null],
  ];
  test.each(words)('%s as %s', (name, word, setting) => {
    const parameter = named(name);
    if (parameter === undefined) throw new Error('no parameter');
    const read = settingOfText(parameter, word);
    expect(read.ok ? read.value : null).toEqual(setting);
  });
  test.each([...fixedWhileRunning, ...parameters])('$name comes back as it was written', (parameter) => {
    const value = leafOf(defaultSettings, parameter.name);
    if (value === undefined) throw new Error('no value');
    expect(settingOf(parameter, spokenOf(parameter, value))).toEqual({ ok: true, value });
    expect(spokenText(parameter, value)).not.toContain('undefined');
  });
  test('a text that is too long is none, a list of as many names as fit is one', () => {
    expect(parsedValue(`[${'"A",'.repeat(4_999)}"A"]`)).toBeUndefined();
    expect(parsedValue(`[${'"A",'.repeat(4_998)}"AAAA"]`)).toHaveLength(4_999);
  });
  test('a text that is no plain value is none', () => {
    for (const json of ['1e3', '0x10', '01', '.5', '+1', '{"a":1}', '[1]', '["a\\u0041"]', 'null', ' 1', '[["A"]]'])
      expect(parsedValue(json)).toBeUndefined();
  });
});
