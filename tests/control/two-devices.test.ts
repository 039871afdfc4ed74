import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Entry, EventOf } from '#domain/events/event';
import type { Instant } from '#domain/values/instant';
import type { Asked, Operator } from '#engine/ports/operator';
import { sendRequest } from '#main/control/control-folder';
import { Mailbox } from '#main/control/mailbox';
import { ScriptOperator } from '#main/operator/script-operator';
import { together } from '#main/operator/together';
import { newFolder } from '../journeys/made-data.js';
import { entriesOf, superviseDay } from '../journeys/supervised-day.js';
import { scriptRule } from '../script-rule.js';

/** Somebody who answers yes to each question at once, by a file in the folder beside the journal, as another device does. */
class ByFile implements Operator {
  readonly #journal: string;
  readonly #mailbox: Mailbox;
  #clock = 0;

  constructor(journal: string) {
    this.#journal = journal;
    // The folder is looked at whenever the run asks: no look is put off.
    this.#mailbox = new Mailbox({ journal, recorded: [], say: () => {}, now: () => (this.#clock += 1000) });
  }

  see(entry: Entry): void {
    this.#mailbox.see(entry);
    const { sequence, event } = entry;
    if (event.kind !== 'question_asked') return;
    const { terms, recommended } = event.question;
    const answer = { question: sequence, terms, choice: recommended, because: '', code: null } as const;
    sendRequest(this.#journal, { kind: 'answer_question', by: 'file', from: 'person', ...answer });
  }

  next(before: Instant): Asked | null {
    return this.#mailbox.next(before);
  }
}

type Day = { readonly settled: readonly EventOf<'question_settled'>[]; readonly refused: number; readonly entered: readonly number[] };

/** A supervised day that a file and a terminal answer at the same instant, the terminal in this way. */
async function answeredTwice(answer: 'recommended' | 'decline'): Promise<Day> {
  const journal = join(newFolder('two-devices'), 'journal');
  const terminal = new ScriptOperator([scriptRule({ answer, afterSeconds: 0, because: 'I say', as: 'terminal' })]);
  // The file stands first, so that of two that are alike in everything it would come first.
  await superviseDay(journal, together([new ByFile(journal), terminal]));
  const events = entriesOf(journal).map(({ event }) => event);
  return {
    settled: events.flatMap((event) => (event.kind === 'question_settled' && event.settlement === 'answered' ? [event] : [])),
    refused: events.filter((event) => event.kind === 'request_refused' && event.fault === 'already_answered').length,
    entered: events.flatMap((event) => (event.kind === 'order_requested' && event.order.role === 'entry' ? [event.order.intent] : [])),
  };
}

let same: Day;
let against: Day;
beforeAll(async () => {
  same = await answeredTwice('recommended');
  against = await answeredTwice('decline');
}, 60_000);

test('J2: a question that two devices answer at once is settled once, sends one order, and the other device is told', () => {
  const { settled, refused, entered } = same;
  expect(settled.length).toBeGreaterThan(5);
  expect(new Set(settled.map(({ question }) => question)).size).toBe(settled.length);
  expect(refused).toBe(settled.length);
  expect(entered.length).toBeGreaterThan(3);
  expect(new Set(entered).size).toBe(entered.length);
});

test('J3: a yes by file and a no at the terminal of the same instant are a no, and nothing is sent', () => {
  const entries = against.settled.filter(({ subject }) => subject === 'entry');
  expect(entries.length).toBeGreaterThan(5);
  for (const { choice, by } of entries) expect([choice, by]).toEqual(['decline', 'terminal']);
  expect(against.refused).toBe(against.settled.length);
  expect(against.entered).toEqual([]);
});
