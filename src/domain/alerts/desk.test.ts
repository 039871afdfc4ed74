import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert, AlertFacts } from '#domain/alerts/alert';
import { Desk, type Incident } from '#domain/alerts/desk';
import type { Message } from '#domain/alerts/message';
import { defaultPolicy, HOUR_MS, type Policy } from '#domain/alerts/policy';
import { severityOf } from '#domain/alerts/severity';
import { cash } from '#domain/values/cash';
import { type Instant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';

const gap = (ticker: string): AlertFacts => ({ kind: 'protection_gap', ticker, held: 200, covered: 0, since: instant(0) });
const unknown = (order: string): AlertFacts => ({ kind: 'order_unknown', order, why: 'no answer', forMs: 0 });
const back: AlertFacts = { kind: 'channel_back', channel: 'mail', failures: 3 };
const summary: AlertFacts = {
  kind: 'daily_summary',
  date: '2026-03-16' as SessionDate,
  pnl: cash(0),
  fees: cash(0),
  cash: cash(0),
  trades: { won: 0, count: 0 },
  best: null,
  worst: null,
  refused: 0,
  halted: false,
  complete: true,
  held: [],
};

const minute = (count: number): Instant => instant(count * MINUTE_MS);

/** A desk whose messages are kept as they are posted. */
class Played {
  readonly desk: Desk;
  readonly sent: Message[] = [];
  readonly raised: Alert[] = [];

  constructor(policy: Policy = defaultPolicy) {
    this.desk = new Desk(policy);
  }

  raise(facts: AlertFacts, at: Instant): Alert {
    const alert: Alert = { id: this.desk.nextAlert, at, raisedAt: at, sequence: null, place: 'paper', facts };
    this.raised.push(alert);
    this.desk.raised(alert);
    return alert;
  }

  /** What is sent at that time. */
  look(now: Instant): readonly Message[] {
    const due = this.desk.due(now);
    for (const message of due) this.desk.posted(message);
    this.sent.push(...due);
    return due;
  }

  /** Each minute from one to the other. */
  pass(from: number, to: number): readonly Message[] {
    const sent: Message[] = [];
    for (let at = from; at <= to; at++) sent.push(...this.look(minute(at)));
    return sent;
  }
}

describe('critical', () => {
  test('each matter is told by itself and at once', () => {
    const played = new Played();
    for (const ticker of ['NVDA', 'AMD', 'AAPL']) played.raise(gap(ticker), minute(0));
    expect(played.look(minute(0)).map(({ purpose, alerts }) => [purpose, alerts])).toEqual([
      ['alert', [1]],
      ['alert', [2]],
      ['alert', [3]],
    ]);
  });

  test('is reminded of after 2 and 6 minutes, at 10 to escalate, until somebody has acknowledged it', () => {
    const played = new Played();
    played.raise(gap('NVDA'), minute(0));
    played.look(minute(0));
    const reminders = played.pass(1, 20);
    expect(reminders.map(({ at, purpose, open, escalated }) => [at / MINUTE_MS, purpose, open, escalated])).toEqual([
      [2, 'reminder', [1], false],
      [6, 'reminder', [1], false],
      [10, 'reminder', [1], true],
    ]);
    played.desk.acknowledged(1);
    expect(played.pass(21, 300)).toEqual([]);
  });

  test('what repeats it within its cooldown is counted in the reminder, and wakes nobody by itself', () => {
    const played = new Played();
    played.raise(gap('NVDA'), minute(0));
    played.look(minute(0));
    played.raise(gap('NVDA'), minute(1));
    played.raise(gap('NVDA'), minute(1));
    expect(played.look(minute(1))).toEqual([]);
    expect(played.look(minute(2))).toMatchObject([{ purpose: 'reminder', alerts: [2, 3], open: [1] }]);
  });

  test('what comes after the acknowledgement is new, and what came before it is told with the digest', () => {
    const played = new Played();
    played.raise(gap('NVDA'), minute(0));
    played.look(minute(0));
    played.raise(gap('NVDA'), minute(1));
    played.desk.acknowledged(1);
    expect(played.look(minute(1))).toEqual([]);
    played.raise(gap('NVDA'), minute(2));
    expect(played.look(minute(2))).toMatchObject([{ purpose: 'alert', severity: 'critical', alerts: [3] }]);
    played.desk.acknowledged(3);
    expect(played.look(minute(61))).toMatchObject([{ purpose: 'digest', alerts: [2] }]);
  });

  test('is seen by whoever acknowledges a repeat of it that no reminder has told yet, and not by one of a matter before', () => {
    const played = new Played();
    played.raise(gap('NVDA'), minute(0));
    played.look(minute(0));
    played.raise(gap('NVDA'), minute(1));
    played.desk.acknowledged(2);
    expect(played.desk.open).toEqual([]);
    played.raise(gap('NVDA'), minute(2));
    played.look(minute(2));
    played.desk.acknowledged(2);
    expect(played.desk.open).toHaveLength(1);
  });

  test('all that is open is reminded of in one message', () => {
    const played = new Played();
    for (let count = 0; count < 50; count++) played.raise(gap(`N${count}`), minute(0));
    expect(played.look(minute(0))).toHaveLength(50);
    expect(played.look(minute(2))).toMatchObject([{ purpose: 'reminder' }]);
  });

  test('reminders end with the matter itself', () => {
    const played = new Played();
    played.raise({ kind: 'broker_unreachable', state: 'lost', why: 'silence', held: 1 }, minute(0));
    played.look(minute(0));
    played.raise({ kind: 'broker_back', downMs: 1 }, minute(1));
    expect(played.look(minute(1))).toMatchObject([{ purpose: 'alert', severity: 'information' }]);
    expect(played.pass(2, 200)).toEqual([]);
  });
});

describe('not critical', () => {
  test('the first is told at once, what is like it within the window together', () => {
    const played = new Played();
    played.raise(unknown('a'), minute(0));
    expect(played.look(minute(0))).toMatchObject([{ purpose: 'alert', alerts: [1] }]);
    for (const order of ['b', 'c', 'd']) played.raise(unknown(order), minute(1));
    expect(played.pass(1, 4)).toEqual([]);
    expect(played.look(minute(5))).toMatchObject([{ purpose: 'group', alerts: [2, 3, 4] }]);
  });

  test('the same matter within its cooldown waits for its end and is then told with its count', () => {
    const played = new Played();
    for (let at = 0; at < 30; at++) {
      played.raise(unknown('a'), minute(at));
      played.look(minute(at));
    }
    expect(played.sent).toHaveLength(1);
    const [after] = played.look(minute(30));
    expect(after).toMatchObject({ purpose: 'group' });
    expect(after?.alerts).toHaveLength(29);
  });

  test('what the cap holds back is told in the digest, which has a place of its own', () => {
    const played = new Played({ ...defaultPolicy, hourlyCap: 3, groupMs: 0, digestMs: 30 * MINUTE_MS });
    for (let count = 0; count < 10; count++) {
      played.raise(unknown(`order-${count}`), minute(count));
      played.look(minute(count));
    }
    expect(played.sent).toHaveLength(2);
    expect(played.pass(10, 40)).toMatchObject([{ purpose: 'digest', alerts: [3, 4, 5, 6, 7, 8, 9, 10] }]);
    expect(played.sent.flatMap(({ alerts }) => alerts)).toHaveLength(10);
  });

  test('information waits for the digest, but for what somebody waits for', () => {
    const played = new Played();
    played.raise(back, minute(0));
    played.raise(summary, minute(0));
    expect(played.look(minute(0))).toMatchObject([{ purpose: 'alert', alerts: [2] }]);
    expect(played.look(minute(60))).toMatchObject([{ purpose: 'digest', alerts: [1] }]);
  });
});

const anyFacts = fc.oneof(
  fc.constantFrom('NVDA', 'AMD', 'AAPL').map(gap),
  fc.constantFrom('a', 'b', 'c', 'd').map(unknown),
  fc.constantFrom('mail', 'chat').map((channel): AlertFacts => ({ kind: 'channel_down', channel, failures: 3, why: 'x' })),
  fc.constant(back),
  fc.constant(summary),
);
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('raise' as const), facts: anyFacts }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 2_000 }) }),
  fc.record({ kind: fc.constant('acknowledge' as const), alert: fc.integer({ min: 1, max: 40 }) }),
);
const anyPolicy = fc.record({ hourlyCap: fc.integer({ min: 2, max: 6 }), groupMs: fc.constantFrom(0, MINUTE_MS, 5 * MINUTE_MS) });

/** What happens, and a day in which nothing more does. */
function played(steps: readonly (typeof anyStep extends fc.Arbitrary<infer Step> ? Step : never)[], policy: Policy): Played {
  const all = new Played(policy);
  let now = instant(0);
  for (const step of steps) {
    if (step.kind === 'raise') all.raise(step.facts, now);
    if (step.kind === 'acknowledge') all.desk.acknowledged(step.alert);
    if (step.kind === 'pass') now = instant(now + step.seconds * 1_000);
    all.look(now);
  }
  for (let minutes = 0; minutes < 1_440; minutes++) {
    now = instant(now + MINUTE_MS);
    all.look(now);
  }
  return all;
}

describe('whatever happens', () => {
  test('M2: every alert is told exactly once, by itself or counted in a group, a reminder or a digest', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), anyPolicy, (steps, part) => {
        const { sent, raised } = played(steps, { ...defaultPolicy, ...part });
        const told = sent.flatMap(({ alerts }) => alerts).sort((one, other) => one - other);
        expect(told).toEqual(raised.map(({ id }) => id));
      }),
      { numRuns: 150 },
    );
  });

  test('M2: no hour has more messages that are not critical than the cap', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), anyPolicy, (steps, part) => {
        const { sent } = played(steps, { ...defaultPolicy, ...part });
        const quiet = sent.filter(({ severity }) => severity !== 'critical').map(({ at }) => at);
        for (const from of quiet)
          expect(quiet.filter((at) => at >= from && at < from + HOUR_MS).length).toBeLessThanOrEqual(part.hourlyCap);
      }),
      { numRuns: 150 },
    );
  });

  test('a critical matter that nobody knows of is told at the very next look', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), anyPolicy, (steps, part) => {
        const all = new Played({ ...defaultPolicy, ...part });
        let now = instant(0);
        for (const step of steps) {
          if (step.kind === 'acknowledge') all.desk.acknowledged(step.alert);
          if (step.kind === 'pass') now = instant(now + step.seconds * 1_000);
          if (step.kind !== 'raise') continue;
          const open = new Set(all.desk.open.map(({ key }: Incident) => key));
          const alert = all.raise(step.facts, now);
          const sent = all.look(now);
          const isNew =
            severityOf(step.facts) === 'critical' &&
            ![...open].some((key) => key.includes(`:${'ticker' in step.facts ? step.facts.ticker : ''}:`));
          if (isNew) expect(sent.some(({ purpose, alerts }) => purpose === 'alert' && alerts.includes(alert.id))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a desk that is made again from its state goes on as it would have', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), fc.array(anyStep, { maxLength: 20 }), (before, after) => {
        const first = new Desk(defaultPolicy);
        let now = instant(0);
        const play = (desks: readonly Desk[], steps: typeof before): Message[][] => {
          const sent: Message[][] = desks.map(() => []);
          for (const step of steps) {
            if (step.kind === 'pass') now = instant(now + step.seconds * 1_000);
            for (const [which, desk] of desks.entries()) {
              if (step.kind === 'raise')
                desk.raised({ id: desk.nextAlert, at: now, raisedAt: now, sequence: null, place: 'paper', facts: step.facts });
              if (step.kind === 'acknowledge') desk.acknowledged(step.alert);
              for (const message of desk.due(now)) {
                desk.posted(message);
                sent[which]?.push(message);
              }
            }
          }
          return sent;
        };
        play([first], before);
        const again = new Desk(defaultPolicy, structuredClone(first.state));
        const [one, other] = play([first, again], after);
        expect(other).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });
});
