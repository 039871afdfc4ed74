import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, formatInstant, instant, MINUTE_MS } from '#domain/values/instant';
import type { SessionDate } from '#domain/values/session-date';
import { AlarmNotes } from '#main/alerts/alarm-notes';
import { inboxOf, leaveNote } from '#main/alerts/inbox';
import { alertsFolder } from '#main/alerts/log-files';
import { LogLost } from '#main/alerts/watch';
import { HookServer } from './hook-server.js';
import { freePort, TestMailServer } from './mail-server.js';
import { account, bareShares, halted, lossWarned, open, sessionClosed, sessionOpened, started, type Wanted, Watched } from './watched.js';

let mail: TestMailServer;
let hooks: HookServer;
const watchedNow: Watched[] = [];
beforeEach(async () => {
  mail = await TestMailServer.start();
  hooks = await HookServer.start();
});
afterEach(async () => {
  // First those who may hang: whoever watches waits for what is underway.
  await mail.close();
  await hooks.close();
  for (const each of watchedNow.splice(0)) await each.close();
});

const mailTo = { kind: 'mail', urlFromEnv: 'MAIL', from: 'catalyst@example.org', to: ['you@example.org'], caFile: null } as const;
const chat = { kind: 'webhook', urlFromEnv: 'CHAT' } as const;

function watched(more: Partial<Wanted> = {}): Watched {
  const both = { channels: { mail: mailTo, chat }, variables: { MAIL: mail.url, CHAT: hooks.url } };
  const made = new Watched({ ...both, ...more });
  watchedNow.push(made);
  return made;
}

const subjects = (): readonly string[] => mail.taken.map(({ subject }) => subject);

describe('from a journal to people', () => {
  test('what happens in a day arrives by mail and by chat, the loudest with what was done', async () => {
    const day = watched();
    day.write(started(), account, sessionOpened(), lossWarned(0.75), lossWarned(0.9), halted, bareShares());
    day.begin();
    await day.until('four mails', () => mail.taken.length === 4 && hooks.taken.length === 4);
    expect([...subjects()].sort()).toEqual([
      'PAPER CRITICAL: Daily loss limit REACHED: -$2,001.20, all closing',
      'PAPER CRITICAL: NO STOP for 200 of 200 NVDA; a new one was ordered',
      'PAPER WARNING: Loss limit 75 % used: -$1,500.00 of -$2,000.00',
      'PAPER WARNING: Loss limit 90 % used: -$1,800.00 of -$2,000.00',
    ]);
    expect(JSON.parse(hooks.taken[0]?.body ?? '')).toMatchObject({ data: { place: 'paper', purpose: 'alert' } });
  });

  test('a made-up day says so', async () => {
    const day = watched();
    day.write(started(false), sessionOpened(), bareShares());
    day.begin();
    await day.until('a mail', () => mail.taken.length === 1);
    expect(subjects()[0]).toMatch(/^SIMULATED CRITICAL/);
  });

  test('old days of a journal that was never watched are no news', async () => {
    const day = watched();
    day.write(started(), account, sessionOpened(), bareShares(open), sessionClosed);
    day.now = instant(day.now + DAY_MS);
    day.write(sessionOpened('2026-03-17' as SessionDate), bareShares(open + DAY_MS));
    day.begin();
    day.watch.turn();
    expect(day.raised).toEqual(['protection_gap']);
  });

  test('an acknowledgement from another process ends the reminders, and stands in the log with its reason', async () => {
    const day = watched();
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.until('a mail', () => mail.taken.length === 1);
    day.pass(2 * MINUTE_MS);
    await day.until('a reminder', () => mail.taken.length === 2);
    expect(subjects()[1]).toBe('PAPER CRITICAL: STILL OPEN: NO STOP for 200 of 200 NVDA; a new one was ordered'.slice(0, 78));
    leaveNote(alertsFolder(day.journal), { kind: 'acknowledge', alerts: [1], by: 'ada', because: 'stop is there' });
    day.watch.turn();
    for (let minutes = 0; minutes < 60; minutes++) day.pass(MINUTE_MS);
    expect(day.lines.filter((line) => line.kind === 'posted' && line.message.purpose === 'reminder')).toHaveLength(1);
    expect(day.lines).toContainEqual({ kind: 'acknowledged', alert: 1, by: 'ada', because: 'stop is there', at: expect.any(Number) });
  });
});

describe('a journal that was restored', () => {
  test('beside an earlier journal, a log that was told of more entries holds back nothing of what comes now', () => {
    const before = watched();
    before.write(started(), account, sessionOpened(), bareShares(), lossWarned(0.75), lossWarned(0.9), bareShares(open + MINUTE_MS));
    before.begin();
    before.watch.turn();
    const restored = watched();
    restored.write(started(), account, sessionOpened(), bareShares());
    cpSync(alertsFolder(before.journal), alertsFolder(restored.journal), {
      recursive: true,
      filter: (path) => !path.endsWith('lock'),
    });
    const told = restored.raised.length;
    restored.begin();
    restored.watch.turn();
    expect(restored.raised).toHaveLength(told);
    restored.write(halted);
    restored.watch.turn();
    expect(restored.raised.slice(told)).toEqual(['loss_limit_reached']);
  });
});

describe('M1: a channel that is down', () => {
  test('M1: one that hangs keeps nobody waiting: the other has the alert at once', async () => {
    const day = watched();
    mail.doings.push('hang', 'hang', 'hang');
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.until('the chat has it', () => hooks.taken.length === 1);
    expect(day.lines.some((line) => line.kind === 'delivered' && line.channel === 'mail')).toBe(false);
  });

  test('M1: what fails is tried again until it arrives, and the other channels are told of it and of its end', async () => {
    const day = watched();
    mail.doings.push(451, 451, 451, 451);
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.untilLater('the mail has come', () => mail.taken.length > 0);
    await day.untilLater('both are told', () => day.raised.includes('channel_back'));
    expect(day.raised).toContain('channel_down');
    const tries = day.lines.filter((line) => line.kind === 'tried' && line.channel === 'mail' && line.message === 1);
    expect(tries.length).toBeGreaterThanOrEqual(2);
    expect(mail.taken.some(({ messageId, attempt }) => messageId.endsWith('.1@example.org>') && attempt > 1)).toBe(true);
    expect(hooks.taken.some(({ body }) => body.includes('does not deliver'))).toBe(true);
  });

  test('M1: a critical alert that its own channel does not take within a minute goes to every other', async () => {
    const port = await freePort();
    const day = watched({
      variables: { MAIL: `smtp://127.0.0.1:${port}?tls=never`, CHAT: hooks.url },
      routes: { critical: ['mail'], warning: ['mail'] },
    });
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.untilLater('the chat has it', () => hooks.taken.some(({ body }) => body.includes('NO STOP')));
    expect(day.lines).toContainEqual({ kind: 'rerouted', message: 1, channels: ['chat'], at: expect.any(Number) });
  });

  test('M1: what nobody has acknowledged after ten minutes goes to the channel of escalation besides', async () => {
    const day = watched({ routes: { critical: ['mail'], warning: ['mail'], information: ['mail'], escalation: ['chat'] } });
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    for (let minutes = 0; minutes < 10; minutes++) day.pass(MINUTE_MS);
    await day.until('the chat is told', () => hooks.taken.some(({ body }) => body.includes('STILL OPEN')));
    await day.until('so is the mail', () => subjects().some((subject) => subject.includes('STILL OPEN')));
  });

  test('M1: a try that may have arrived is made again under the same name, so that a copy is known', async () => {
    const day = watched();
    mail.doings.push('go');
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.untilLater('two copies', () => mail.taken.length === 2);
    expect(mail.taken[0]?.messageId).toBe(mail.taken[1]?.messageId);
    expect(mail.taken.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test('M1: when no channel takes a critical alert, the ping to the outside stays away', async () => {
    const port = await freePort();
    const gone = { MAIL: `smtp://127.0.0.1:${port}?tls=never`, CHAT: `http://127.0.0.1:${port}/gone` };
    const day = watched({ variables: gone, deadMan: hooks.url });
    day.write(started(), account, sessionOpened());
    day.begin();
    await day.until('a ping', () => hooks.taken.length === 1);
    day.write(bareShares());
    await day.untilLater('it is in trouble', () => day.watch.troubles.length > 0);
    expect(day.watch.troubles).toEqual(['no channel takes a critical alert']);
    const before = hooks.taken.length;
    for (let count = 0; count < 10; count++) day.pass(30_000);
    expect(hooks.taken.length).toBe(before);
  });
});

describe('M2: ten thousand at once', () => {
  test('M2: ten thousand alerts that are alike are a handful of messages, none of them is lost, and the critical one among them is first', async () => {
    const day = watched({ policy: { hourlyCap: 5 } });
    day.write(started(), account, sessionOpened());
    for (let count = 0; count < 10_000; count++)
      day.writer.append({ kind: 'order_unknown', order: `order-${count}` as never, why: 'no answer' }, day.now, 0, 'door');
    day.write(bareShares());
    day.begin();
    await day.until('the critical one', () => subjects().some((subject) => subject.includes('NO STOP')));
    for (let minutes = 0; minutes < 70; minutes++) day.pass(MINUTE_MS);
    const posted = day.lines.flatMap((line) => (line.kind === 'posted' ? [line.message] : []));
    expect(posted[0]).toMatchObject({ severity: 'critical' });
    const quiet = posted.filter(({ severity }) => severity !== 'critical');
    expect(quiet.length).toBeLessThanOrEqual(6);
    expect(new Set(quiet.flatMap(({ alerts }) => alerts)).size).toBeGreaterThanOrEqual(10_000);
  });
});

describe('M4: something has stopped', () => {
  test('M4: the ping goes out while all is well, and stays away as soon as one part is silent, whatever the others do', async () => {
    const day = watched({ deadMan: hooks.url, channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    await day.until('a ping', () => hooks.taken.length === 1);
    expect(hooks.taken[0]).toMatchObject({ method: 'GET', path: '/hook/secret-part-of-it' });
    // The process writes its journal, the broker answers, and no bars come in.
    for (let minutes = 0; minutes < 8; minutes++) {
      day.write({ kind: 'account_reported', cash: 1 as never, equity: 1 as never });
      day.pass(MINUTE_MS);
    }
    expect(day.watch.troubles).toEqual(['no bars come in']);
    await day.until('a mail', () => subjects().some((subject) => subject.includes('No bars for')));
    const before = hooks.taken.length;
    for (let minutes = 0; minutes < 5; minutes++) day.pass(MINUTE_MS);
    expect(hooks.taken.length).toBe(before);
  });

  test('M4: beside a journal in which nothing was ever written nobody says that all is well', async () => {
    const day = watched({ deadMan: hooks.url, channels: { mail: mailTo } });
    day.begin();
    for (let minutes = 0; minutes < 3; minutes++) day.pass(MINUTE_MS);
    expect([day.watch.troubles, hooks.taken]).toEqual([['nothing has been written into the journal'], []]);
    day.write(started(), account, sessionOpened());
    await day.untilLater('a ping', () => hooks.taken.length > 0);
  });

  test('a watch whose folder was moved away ends, for another one may tell of the journal', () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    const folder = alertsFolder(day.journal);
    renameSync(folder, `${folder}-elsewhere`);
    expect(() => day.watch.turn()).toThrow(LogLost);
  });

  test('M4: a run that is gone in market hours is told after half a minute, and that it is back', async () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    day.watch.turn();
    day.writer.close();
    day.pass(31_000);
    await day.until('a mail', () => subjects().some((subject) => subject.includes('DOWN in market hours')));
  });

  test('E8: a trading day that nobody opens is told before the market is', async () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened(), sessionClosed);
    day.now = instant(Date.parse('2026-03-17T13:25:00Z'));
    day.begin();
    await day.until('a mail', () => subjects().some((subject) => subject.includes('the session was not opened')));
  });

  test('a ping that the outside does not take three times is told on the channels', async () => {
    const day = watched({ deadMan: hooks.url, channels: { mail: mailTo } });
    hooks.usual = { status: 503 };
    day.write(started(), account, sessionOpened());
    day.begin();
    for (let count = 1; count <= 3; count++) {
      day.pass(61_000);
      await day.until('a ping', () => hooks.taken.length >= count);
    }
    await day.until('a mail', () => subjects().some((subject) => subject.includes('outside watch was not reached 3 times')));
  });

  test('a database that does not answer three times is lost, and trading goes on', async () => {
    let reachable = false;
    const database = async () => ({ kind: 'database_seen', reachable, detail: 'ECONNREFUSED' }) as const;
    const day = watched({ database, channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    await day.untilLater('a mail', () => subjects().some((subject) => subject.includes('Database lost')));
    reachable = true;
    await day.untilLater('its end', () => subjects().some((subject) => subject.includes('Database is back')));
  });
});

describe('beside the journal', () => {
  const projector = (day: Watched, said: object): void =>
    writeFileSync(
      join(day.journal, 'projection.json'),
      JSON.stringify({
        at: formatInstant(day.now),
        pid: 7,
        database: 'there',
        why: null,
        newest: null,
        lags: [],
        hasEnded: false,
        ...said,
      }),
    );

  test('what the writer of the database says of itself is told: lost, back, silent and speaking again', async () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    for (let seconds = 0; seconds <= 61; seconds++) {
      projector(day, { database: 'away', why: 'ECONNREFUSED' });
      day.pass(1_000);
    }
    await day.until('a mail', () => subjects().some((subject) => subject.includes('Database lost')));
    projector(day, {});
    day.pass(1_000);
    await day.until('its end', () => subjects().some((subject) => subject.includes('Database is back')));
    day.pass(MINUTE_MS);
    await day.until('it is missed', () => subjects().some((subject) => subject.includes('Nobody writes the database')));
    projector(day, {});
    day.pass(1_000);
    await day.until('it speaks again', () => subjects().some((subject) => subject.includes('written again')));
  });

  test('a journal beside which nobody has ever written a database misses nobody, nor does one whose file is not understood', () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened(), sessionClosed);
    day.begin();
    for (const text of ['', '{"at":', '[]', '{"at":7}', '{"at":"yesterday"}']) {
      day.pass(90_000);
      writeFileSync(join(day.journal, 'projection.json'), text);
    }
    day.pass(90_000);
    expect(day.raised.filter((kind) => /database|project/.test(kind))).toEqual([]);
  });

  test('what the run has printed as an alarm, and what a reconciliation has found, arrives', async () => {
    const day = watched({ channels: { mail: mailTo } });
    day.write(started(), account, sessionOpened());
    day.begin();
    new AlarmNotes(alertsFolder(day.journal)).lay('memory', '82 % of the memory is used: no entries');
    const observation = { kind: 'record_differs_from_broker', trades: 1, cash: 1, first: '2026-03-16 NVDA' } as const;
    leaveNote(alertsFolder(day.journal), { kind: 'observed', observation });
    await day.until('both', () => subjects().length === 2);
    expect([...subjects()].sort()).toEqual([
      'PAPER WARNING: Journal and broker differ in 2 places',
      'PAPER WARNING: The run is short of memory: no entries',
    ]);
  });

  test('what lies in the inbox and is no note, or cannot be taken away, ends nothing and is told once', async () => {
    const day = watched({ channels: { mail: mailTo } });
    const inbox = inboxOf(alertsFolder(day.journal));
    mkdirSync(join(inbox, '000.json'), { recursive: true });
    writeFileSync(join(inbox, '001.json'), '{"kind":');
    day.write(started(), account, sessionOpened(), bareShares());
    day.begin();
    await day.until('a mail', () => mail.taken.length === 1);
    leaveNote(alertsFolder(day.journal), { kind: 'acknowledge', alerts: [1], by: 'ada', because: 'stop is there' });
    day.watch.turn();
    day.watch.turn();
    expect(day.lines).toContainEqual(expect.objectContaining({ kind: 'acknowledged', alert: 1 }));
    expect(day.said.filter((text) => text.includes('000.json'))).toHaveLength(2);
    expect(existsSync(join(inbox, '001.json'))).toBe(false);
  });

  test('an order that stays unknown wakes somebody, and nobody is reminded once it is known', async () => {
    const day = watched({ channels: { mail: mailTo } });
    const tick = { kind: 'account_reported', cash: 1 as never, equity: 1 as never } as const;
    day.write(started(), account, sessionOpened(), { kind: 'order_unknown', order: 'order-1' as never, why: 'no answer' });
    day.begin();
    day.watch.turn();
    day.now = instant(day.now + 2 * MINUTE_MS);
    day.write(tick);
    await day.until('it is critical', () => subjects().includes('PAPER CRITICAL: Order UNKNOWN for 2 min: order-1'));
    day.write({ kind: 'order_accepted', order: 'order-1' as never });
    await day.until('it is known', () => subjects().includes('PAPER INFO: Order order-1 is known again: accepted'));
    for (let minutes = 0; minutes < 60; minutes++) day.pass(MINUTE_MS);
    const reminders = day.lines.filter((line) => line.kind === 'posted' && line.message.purpose === 'reminder');
    expect(reminders).toEqual([]);
  });
});
