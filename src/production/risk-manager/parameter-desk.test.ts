import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Asker } from '#domain/events/request';
import { faultsOf, judgeChange } from '#domain/parameters/judge-change';
import { withLeaf } from '#domain/parameters/leaves';
import type { ParameterValue } from '#domain/parameters/parameter';
import { defaultSettings, type Settings } from '#domain/settings';
import { firstStamp, nextStamp } from '#domain/settings-stamp';
import { instant } from '#domain/values/instant';
import { hashOfState } from '#engine/state-hash';
import { ParameterDesk } from '#production/risk-manager/parameter-desk';
import { riskManager } from '#production/risk-manager/risk-manager';
import { Alone, of, opened } from '#tests/one-service';

const person: Asker = { by: 'ada', from: 'person' };
const bot: Asker = { by: 'bot', from: 'program' };

/** A desk that hears what it says, as in the house; `cause` is the sequence before. */
class House {
  readonly said: Event[] = [];
  sequence = 0;
  readonly desk = new ParameterDesk();

  constructor(settings: Settings = defaultSettings) {
    this.sees({ kind: 'run_started', settings, source: 'simulated_market', version: 'test' });
  }

  /** What the desk says to it, and the sequence of its own entry. */
  sees(event: Event): { readonly sequence: number; readonly said: readonly Event[] } {
    const said: Event[] = [];
    const sequence = ++this.sequence;
    this.desk.step({ sequence, at: instant(0), cause: sequence - 1, event }, (one) => said.push(one));
    for (const one of said) this.sees(one);
    this.said.push(...said);
    return { sequence, said };
  }

  asks(name: string, value: string, asker: Asker = bot, because = 'a reason') {
    return this.sees({ kind: 'parameter_requested', name, value, because, ...asker });
  }

  confirms(change: number, asker: Asker = person, because = 'I have looked') {
    return this.sees({ kind: 'parameter_confirmed', change, because, ...asker });
  }

  /** A looser value, as a pending change. */
  pending(name: string, value: string): number {
    const { sequence, said } = this.asks(name, value);
    expect(said.map(({ kind }) => kind)).toEqual(['parameter_pending']);
    return sequence + 1;
  }

  opens(): readonly Event[] {
    return this.sees(opened(1)).said;
  }
}

const faultIn = (said: readonly Event[]) => of(said, 'request_refused').map(({ fault }) => fault);

test('a tighter value holds at once, whoever asks, under the next stamp', () => {
  const { said, sequence } = new House().asks('limits.lossTodayMax', '15000000');
  const judged = judgeChange(defaultSettings, 'limits.lossTodayMax', '15000000');
  if (judged.kind === 'fault') throw new Error(judged.detail);
  expect(sequence).toBe(2);
  expect(said).toEqual([
    {
      kind: 'parameters_changed',
      stamp: nextStamp(firstStamp(defaultSettings), judged.settings),
      settings: judged.settings,
      name: 'limits.lossTodayMax',
      before: '20000000',
      after: '15000000',
      because: 'a reason',
      ...bot,
    },
  ]);
});

test('K1: a looser value waits for a person, and then for the next session', () => {
  const house = new House();
  const change = house.pending('mode', '"aggressive"');
  expect(house.opens()).toEqual([]);
  expect(house.confirms(change).said).toEqual([]);
  expect(house.opens()).toMatchObject([
    { kind: 'parameters_changed', after: '"aggressive"', by: 'ada', from: 'person', stamp: { version: 2 } },
  ]);
  expect(house.opens()).toEqual([]);
});

test('for views it tells what holds, what waits, and who has confirmed it', () => {
  const house = new House();
  const [mode, catalyst] = [house.pending('mode', '"aggressive"'), house.pending('weights.catalyst', '6')];
  house.confirms(mode);
  const before = String(defaultSettings.weights.catalyst);
  expect(house.desk.state).toEqual({
    settings: defaultSettings,
    stamp: firstStamp(defaultSettings),
    pending: [
      { number: catalyst, name: 'weights.catalyst', before, after: '6', confirmedBy: null },
      { number: mode, name: 'mode', before: '"normal"', after: '"aggressive"', confirmedBy: 'ada' },
    ].toSorted((one, other) => one.number - other.number),
  });
});

test('a refusal says whose wish it was, and what was wrong with it', () => {
  const house = new House({ ...defaultSettings, session: { ...defaultSettings.session, operators: ['ada'] } });
  const change = house.pending('mode', '"aggressive"');
  const details = [
    house.asks('mode', '"conservative"', person, ' '),
    house.confirms(change, bot),
    house.confirms(change, { by: 'eve', from: 'person' }),
    house.confirms(change, person, ' '),
    house.confirms(99),
    house.confirms(change),
    house.confirms(change),
  ].flatMap(({ said }) => of(said, 'request_refused').map(({ by, subject, detail }) => `${by} ${subject} ${detail}`));
  expect(details).toEqual([
    'ada 0 a change needs a reason',
    `bot ${change} only a person makes a rule looser`,
    `eve ${change} eve is none of session.operators`,
    `ada ${change} a confirmation needs a reason`,
    'ada 99 no change 99 is pending',
    `ada ${change} ada has confirmed it`,
  ]);
});

test('a wish drops neither one for another parameter nor one that was confirmed; the newer one that is confirmed does', () => {
  const house = new House();
  const [mode, atrs] = [house.pending('mode', '"aggressive"'), house.pending('limits.stopAtrs', '3')];
  for (const change of [mode, atrs]) expect(house.confirms(change).said).toEqual([]);
  const newer = house.pending('limits.stopAtrs', '4');
  expect(house.desk.state.pending.map(({ after }) => after)).toEqual(['"aggressive"', '3', '4']);
  house.confirms(newer);
  expect(of(house.opens(), 'parameters_changed').map(({ after }) => after)).toEqual(['"aggressive"', '4']);
});

test('a program cannot confirm, and its trying leaves the change as it was', () => {
  const house = new House();
  const change = house.pending('mode', '"aggressive"');
  const { said, sequence } = house.confirms(change, bot);
  expect(said).toMatchObject([{ kind: 'request_refused', request: sequence - 1, by: 'bot', fault: 'not_a_person', subject: change }]);
  expect(house.opens()).toEqual([]);
});

test('where operators are named, nobody else confirms', () => {
  const house = new House({ ...defaultSettings, session: { ...defaultSettings.session, operators: ['grace'] } });
  const change = house.pending('mode', '"aggressive"');
  expect(faultIn(house.confirms(change).said)).toEqual(['not_permitted']);
  // A name is what was written, letter for letter.
  expect(faultIn(house.confirms(change, { by: 'Grace', from: 'person' }).said)).toEqual(['not_permitted']);
  expect(faultIn(house.confirms(change, { by: 'grace', from: 'person' }).said)).toEqual([]);
  expect(house.opens()).toHaveLength(1);
});

test('nothing is changed or confirmed without a reason', () => {
  const house = new House();
  expect(faultIn(house.asks('mode', '"conservative"', person, ' ').said)).toEqual(['no_reason']);
  expect(faultIn(house.confirms(house.pending('mode', '"aggressive"'), person, '').said)).toEqual(['no_reason']);
  expect(house.opens()).toEqual([]);
});

const modes: readonly [name: string, from: ParameterValue, to: string, when: 'at once' | 'confirmed, from the next opening'][] = [
  ['mode', 'normal', 'conservative', 'at once'],
  ['mode', 'aggressive', 'normal', 'at once'],
  ['mode', 'aggressive', 'conservative', 'at once'],
  ['session.control', 'autonomous', 'supervised', 'at once'],
  ['mode', 'conservative', 'normal', 'confirmed, from the next opening'],
  ['mode', 'normal', 'aggressive', 'confirmed, from the next opening'],
  ['mode', 'conservative', 'aggressive', 'confirmed, from the next opening'],
  ['session.control', 'supervised', 'autonomous', 'confirmed, from the next opening'],
];
test.each(modes)('J9: %s goes from %s to %s %s, and never while questions of the old one can be open', (name, from, to, when) => {
  const house = new House(withLeaf(defaultSettings, name, from));
  const { sequence, said } = house.asks(name, JSON.stringify(to));
  expect(said.map(({ kind }) => kind)).toEqual([when === 'at once' ? 'parameters_changed' : 'parameter_pending']);
  // Unconfirmed it waits for ever; confirmed it waits for an opening, by which every question of the day before has ended.
  expect(house.opens()).toEqual([]);
  if (when === 'at once') return;
  house.confirms(sequence + 1);
  expect(of(house.opens(), 'parameters_changed').map(({ after }) => after)).toEqual([JSON.stringify(to)]);
});

const refused: readonly [name: string, value: string, fault: string][] = [
  ['limits.lossToday', '1', 'unknown_parameter'],
  ['capital', '1', 'unknown_parameter'],
  ['limits.lossTodayMax', '20000001', 'bad_value'],
  ['limits.openPositionsMax', '6', 'bad_value'],
  ['limits.stopMax', '0.01', 'bad_value'],
  ['limits.openPositionsMax', '5', 'bad_value'],
];
test.each(refused)('K1: %s to %s is refused as %s, also from a person, and the old stays', (name, value, fault) => {
  const house = new House();
  const { said } = house.asks(name, value, person);
  expect(faultIn(said)).toEqual([fault]);
  expect(of(said, 'request_refused')[0]?.detail).toContain(name);
  expect(house.opens()).toEqual([]);
});

test('what is not pending cannot be confirmed, nor twice', () => {
  const house = new House();
  expect(faultIn(house.confirms(99).said)).toEqual(['unknown_change']);
  const change = house.pending('mode', '"aggressive"');
  house.confirms(change);
  expect(faultIn(house.confirms(change).said)).toEqual(['already_answered']);
  house.opens();
  expect(faultIn(house.confirms(change).said)).toEqual(['unknown_change']);
});

test('a tighter value drops the looser one that waits for the same parameter, confirmed or not', () => {
  for (const confirmed of [false, true]) {
    const house = new House({ ...defaultSettings, mode: 'normal' });
    const change = house.pending('mode', '"aggressive"');
    if (confirmed) house.confirms(change);
    house.asks('mode', '"conservative"');
    expect(faultIn(house.confirms(change).said)).toEqual(['unknown_change']);
    expect(house.opens()).toEqual([]);
  }
});

test('of two looser values for one parameter that nobody confirmed the newer one is left', () => {
  const house = new House();
  const [first, second] = [house.pending('limits.stopAtrs', '3'), house.pending('limits.stopAtrs', '4')];
  expect(faultIn(house.confirms(first).said)).toEqual(['unknown_change']);
  house.confirms(second);
  expect(of(house.opens(), 'parameters_changed').map(({ after }) => after)).toEqual(['4']);
});

test('several take effect one after the other, each under a stamp of its own', () => {
  const house = new House();
  for (const [name, value] of [
    ['limits.stopAtrs', '3'],
    ['weights.catalyst', '6'],
  ] as const)
    house.confirms(house.pending(name, value));
  const changed = of(house.opens(), 'parameters_changed');
  expect(changed.map(({ stamp }) => stamp.version)).toEqual([2, 3]);
  expect([changed[1]?.settings.limits.stopAtrs, changed[1]?.settings.weights.catalyst]).toEqual([3, 6]);
});

test('what no longer goes together when it would take effect is refused then', () => {
  const house = new House();
  const change = house.pending('limits.stopMin', '0.04');
  house.confirms(change);
  house.asks('limits.stopMax', '0.03');
  expect(house.opens()).toMatchObject([{ kind: 'request_refused', fault: 'bad_value', subject: change, by: 'ada' }]);
  expect(house.opens()).toEqual([]);
});

test('what waits is part of the state that is hashed', () => {
  const hashOf = (house: House): string => {
    const texts: string[] = [];
    house.desk.hashInto({ text: (one: string) => void texts.push(one) } as never);
    return texts.join('|');
  };
  const house = new House();
  const seen = [hashOf(house)];
  const change = house.pending('mode', '"aggressive"');
  seen.push(hashOf(house));
  house.confirms(change);
  seen.push(hashOf(house));
  house.opens();
  seen.push(hashOf(house));
  expect(new Set(seen).size).toBe(4);
});

test('who confirmed and why is part of it: the change will be told in that name', () => {
  const stateOf = (by: string, because: string): string => {
    const texts: string[] = [];
    const house = new House();
    house.confirms(house.pending('mode', '"aggressive"'), { by, from: 'person' }, because);
    house.desk.hashInto({ text: (one: string) => void texts.push(one) } as never);
    return texts.join('|');
  };
  expect(new Set([stateOf('ada', 'calm'), stateOf('grace', 'calm'), stateOf('ada', 'a guess')]).size).toBe(3);
});

const names = fc.constantFrom(
  'mode',
  'limits.lossTodayMax',
  'limits.stopMax',
  'limits.stopMin',
  'session.control',
  'permitted.never',
  'limits.rewardToRiskMin',
);
const values = fc.constantFrom(
  '"aggressive"',
  '"conservative"',
  '"normal"',
  '"autonomous"',
  '"supervised"',
  '10000000',
  '20000000',
  '90000000',
  '0.05',
  '0.03',
  '0.5',
  '["A"]',
  '[]',
  '2',
  '1.5',
  '1',
);
const wish = fc.tuple(fc.constantFrom('ask', 'confirm', 'open'), names, values, fc.nat(30), fc.constantFrom(bot, person));

test('K1: no sequence of requests passes a ceiling, and nothing is loosened but by a person at the opening of a session', () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
      const house = new House();
      let settings = defaultSettings;
      for (const [what, name, value, back, asker] of wishes) {
        const { said } =
          what === 'ask'
            ? house.asks(name, value, asker)
            : what === 'confirm'
              ? house.confirms(house.sequence - back, asker)
              : house.sees(opened(1));
        for (const changed of of(said, 'parameters_changed')) {
          const judged = judgeChange(settings, changed.name, changed.after);
          if (judged.kind !== 'tighter') expect([what, changed.from]).toEqual(['open', 'person']);
          expect(faultsOf(changed.settings)).toEqual([]);
          settings = changed.settings;
        }
      }
    }),
    { numRuns: 400 },
  );
});

test('the risk manager lets its desk speak, and its state counts', () => {
  const alone = new Alone(riskManager());
  alone.sees({ kind: 'run_started', settings: defaultSettings, source: 'simulated_market', version: 'test' });
  alone.sees(opened(1));
  const before = hashOfState([alone.service]);
  const wished = alone.sees({ kind: 'parameter_requested', name: 'mode', value: '"aggressive"', because: 'calm', ...bot });
  expect(wished).toMatchObject([{ kind: 'parameter_pending' }]);
  for (const event of wished) alone.sees(event);
  const change = alone.sequence;
  expect(hashOfState([alone.service])).not.toBe(before);
  expect(alone.sees({ kind: 'parameter_confirmed', change, because: 'yes', ...person })).toEqual([]);
  expect(of(alone.sees(opened(1, { listed: false })), 'parameters_changed')).toHaveLength(1);
});
