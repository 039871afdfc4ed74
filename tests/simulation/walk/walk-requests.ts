import type { Asker, Request } from '#domain/events/request';
import { stopLevels } from '#domain/risk/stop-level';
import { choices, reasonCodes } from '#domain/session/question';
import { symbolIndex } from '#domain/values/symbol';
import type { RandomStream } from '#simulation/market/seeded-random';
import { NAMES } from './walk-market.js';
import type { WalkOracle } from './walk-oracle.js';

/** What somebody may ask for in a parameter: tighter, looser, and what is none. */
const wishes: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['limits.lossTodayMax', ['5000000', '15000000', '20000000', '30000000', '-1', 'null', '"much"']],
  ['limits.openPositionsMax', ['1', '3', '4', '5', '6', '50', '2.5']],
  ['limits.riskPerTradeMax', ['0.005', '0.01', '0.02', '0.5']],
  ['limits.openRiskMax', ['0.02', '0.05', '0.9']],
  ['limits.positionMax', ['0.1', '0.2', '1']],
  ['limits.sizeAfterLosses', ['0.25', '0.5', '1', '4']],
  ['limits.lossesInARowMax', ['2', '3', '9']],
  ['mode', ['"normal"', '"aggressive"', '"conservative"', '"reckless"']],
  ['limits.rewardToRiskMin', ['1', '1.5', '1.6', '2']],
  ['exits.timeStopMinutes', ['0', '20', '60', '120']],
  ['session.control', ['"supervised"', '"autonomous"', '"nobody"']],
  ['session.answerMinutes', ['1', '5', '60', '0']],
  ['limits.nothingOfThatName', ['1']],
];

const askers: readonly Asker[] = [
  { by: 'ada', from: 'person' },
  { by: 'bob', from: 'person' },
  { by: 'a model', from: 'program' },
];

/** Somebody asks for something: in earnest, by mistake, or to talk the house round. */
export function someRequest(chance: RandomStream, oracle: WalkOracle): Request | null {
  const asker = chance.pick(askers);
  const because = chance.chance(0.8) ? 'the walk wants it' : '';
  const kind = chance.below(12);
  if (kind === 0) return chance.chance(0.4) ? { kind: 'stop_trading', level: chance.pick(stopLevels), because, ...asker } : null;
  if (kind <= 3) return { kind: 'clear_stop', because, ...asker };
  if (kind <= 6) {
    const [name, values] = chance.pick(wishes);
    return { kind: 'change_parameter', name, value: chance.pick(values), because, ...asker };
  }
  if (kind <= 8) {
    const pending = [...oracle.people.pending.keys()];
    const change = pending.length > 0 && chance.chance(0.8) ? chance.pick(pending.slice(-3)) : chance.below(1000);
    return { kind: 'confirm_parameter', change, because, ...asker };
  }
  const held = [...oracle.held.keys()];
  const symbol = held.length > 0 && chance.chance(0.7) ? chance.pick(held) : chance.below(NAMES + 1);
  return kind <= 10 ? { kind: 'close_position', symbol: symbolIndex(symbol), because, code: null, ...asker } : null;
}

/** An answer to some question: mostly to one that is open and as it was asked, else to another, of other terms, or nonsense. */
export function someAnswer(chance: RandomStream, oracle: WalkOracle): Request | null {
  const questions = [...oracle.people.questions].slice(-12);
  if (questions.length === 0) return null;
  const open = questions.filter(([, { settled }]) => !settled);
  const [question, asked] = chance.pick(open.length > 0 && chance.chance(0.9) ? open : questions);
  const forged = chance.chance(0.1);
  const usual = asked.subject === 'entry' ? 'enter' : chance.pick(choices);
  return {
    kind: 'answer_question',
    question: chance.chance(0.03) ? question + 1 : question,
    terms: forged ? chance.pick(questions)[1].terms.replace(/^./, 'f') : asked.terms,
    choice: chance.chance(0.75) ? usual : chance.pick(choices),
    because: chance.chance(0.8) ? 'it looks well' : '',
    code: chance.chance(0.5) ? chance.pick(reasonCodes) : null,
    ...chance.pick(askers),
  };
}
