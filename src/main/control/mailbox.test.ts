import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Event } from '#domain/events/event';
import type { Request } from '#domain/events/request';
import { instant } from '#domain/values/instant';

import { Reserve } from '#engine/journal/reserve';
import { onFailingDisk } from '#engine/journal/testing/failing-disk';
import { controlPath, isUnanswered, sendRequest, whyRefused } from '#main/control/control-folder';
import { Mailbox } from '#main/control/mailbox';
import { leaveStop, readStop, stopPath } from '#main/control/stop-file';

const ada = { by: 'ada', from: 'person', because: 'enough' } as const;
const stop: Request = { kind: 'stop_trading', level: 'flatten', ...ada };
const clear: Request = { kind: 'clear_stop', ...ada };
const later = instant(1_000_000);

/** A run with a mailbox: it takes a request, writes it into its journal, and asks again after that. */
class Run {
  readonly journal: string;
  readonly recorded: Request[];
  readonly said: string[] = [];
  readonly mailbox: Mailbox;
  clock = 0;

  constructor(journal = mkdtempSync(join(tmpdir(), 'mailbox-')), recorded: readonly Request[] = []) {
    this.journal = journal;
    this.recorded = [];
    this.mailbox = new Mailbox({ journal, recorded, say: (text) => void this.said.push(text), now: () => this.clock });
    for (const request of recorded) this.#record(request);
  }

  /** Goes on for a second, and takes what there is; `crash` is when it ends without warning. */
  takes(crash: 'never' | 'before it is recorded' | 'after it is recorded' = 'never'): readonly Request[] {
    const taken: Request[] = [];
    this.clock += 1_000;
    for (let tries = 0; tries < 20; tries++, this.clock += 200) {
      const asked = this.mailbox.next(later);
      if (asked === null) break;
      if (crash === 'before it is recorded') return taken;
      this.#record(asked.request);
      taken.push(asked.request);
      if (crash === 'after it is recorded') return taken;
    }
    return taken;
  }

  again(): Run {
    return new Run(this.journal, this.recorded);
  }

  #record(request: Request): void {
    this.recorded.push(request);
    this.sees({ kind: 'request_received', request });
  }

  sees(event: Event): void {
    this.mailbox.see({ sequence: 1, at: instant(0), cause: 0, event });
  }
}

describe('request files', () => {
  test('are taken oldest first, once, and are gone when they are recorded', () => {
    const run = new Run();
    const names = [stop, clear, stop].map((request) => sendRequest(run.journal, request));
    expect(names.map((name) => isUnanswered(run.journal, name))).toEqual([true, true, true]);
    expect(run.takes()).toHaveLength(3);
    expect(names.map((name) => isUnanswered(run.journal, name))).toEqual([false, false, false]);
    expect(run.takes()).toEqual([]);
  });

  test('stay until what they ask is on the disk', () => {
    const run = new Run();
    const name = sendRequest(run.journal, stop);
    run.takes('after it is recorded');
    expect(isUnanswered(run.journal, name)).toBe(true);
    run.mailbox.settle();
    expect(isUnanswered(run.journal, name)).toBe(false);
  });

  test('are not lost when the run ends before one is recorded', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.takes('before it is recorded');
    expect(run.again().takes()).toEqual([stop]);
  });

  test('are not taken twice when the run ends after one was recorded', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.takes('after it is recorded');
    const again = run.again();
    expect(again.takes()).toEqual([]);
    expect(readdirSync(join(controlPath(run.journal), 'taken'))).toEqual([]);
  });

  test('that ask the same again count again, also after a crash', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.takes();
    sendRequest(run.journal, stop);
    run.takes('before it is recorded');
    const again = run.again();
    expect(again.takes()).toEqual([stop]);
    expect(again.recorded).toHaveLength(2);
  });

  test('another request that was recorded in between does not hide that one was', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.takes('before it is recorded');
    expect(new Run(run.journal, [clear, stop]).takes()).toEqual([]);
  });

  test('one that was offered and not recorded is offered again', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.takes('before it is recorded');
    expect(run.takes()).toEqual([stop]);
  });

  test('but not at the same look: whoever drops it would never come to an end', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    run.mailbox.signal();
    expect([run.mailbox.next(later) === null, run.mailbox.next(later)]).toEqual([false, null]);
  });

  test('nothing is offered before the instant to which the run has come', () => {
    const run = new Run();
    sendRequest(run.journal, stop);
    expect(run.mailbox.next(instant(0))).toBeNull();
  });

  test('the folder is looked at ten times a second at most', () => {
    const run = new Run();
    expect(run.mailbox.next(later)).toBeNull();
    sendRequest(run.journal, stop);
    run.clock = 99;
    expect(run.mailbox.next(later)).toBeNull();
    run.clock = 100;
    expect(run.mailbox.next(later)?.request).toEqual(stop);
  });
});

describe('what is no request', () => {
  const put: readonly [name: string, make: (path: string) => void, why: string][] = [
    ['torn.json', (path) => writeFileSync(path, '{"kind":"stop_tra'), 'no JSON object'],
    ['forged.json', (path) => writeFileSync(path, JSON.stringify({ ...stop, level: 'none' })), 'level is not as it should be'],
    ['big.json', (path) => writeFileSync(path, ' '.repeat(20_000)), 'more than 16384 bytes'],
    ['latin.json', (path) => writeFileSync(path, Buffer.from([0xff, 0xfe])), 'no JSON object'],
    ['link.json', (path) => symlinkSync('/etc/hostname', path), 'no plain file'],
    ['readme.txt', (path) => writeFileSync(path, 'hello'), 'not named .json'],
  ];
  test.each(put)('%s is moved aside with the reason, told, and the next one is taken', (name, make, why) => {
    const run = new Run();
    sendRequest(run.journal, stop);
    make(join(controlPath(run.journal), name));
    expect(run.takes()).toEqual([stop]);
    run.takes();
    expect(whyRefused(run.journal, name)).toBe(why);
    expect(run.said).toEqual([`the request ${name} is not taken: ${why}`]);
    expect(readdirSync(join(controlPath(run.journal), 'refused')).sort()).toEqual([name, `${name}.why`]);
    expect(existsSync(join(controlPath(run.journal), name))).toBe(false);
  });

  test('K2: half a file that is being written, and a folder, are left alone', () => {
    const run = new Run();
    mkdirSync(join(controlPath(run.journal), 'folder.json'), { recursive: true });
    writeFileSync(join(controlPath(run.journal), 'a.json.77.tmp'), '{');
    expect(run.takes()).toEqual([]);
    expect([run.said, readdirSync(controlPath(run.journal)).sort()]).toEqual([[], ['a.json.77.tmp', 'folder.json']]);
  });

  test('what lies among the taken and is none is taken away', () => {
    const run = new Run();
    mkdirSync(join(controlPath(run.journal), 'taken'), { recursive: true });
    for (const name of ['0_x.json', 'strange', '9_../../x.json'.replaceAll('/', '_')])
      writeFileSync(join(controlPath(run.journal), 'taken', name), '{');
    expect(run.again().takes()).toEqual([]);
    expect(readdirSync(join(controlPath(run.journal), 'taken'))).toEqual([]);
  });
});

describe('J7: the file STOP', () => {
  const texts: readonly [text: string, level: string, because: string][] = [
    ['', 'flatten', 'the file STOP is there'],
    ['pause', 'pause_entries', 'the file STOP is there'],
    ['cancel the feed is odd\n', 'cancel_entries', 'the feed is odd'],
    ['SUSPEND: now', 'suspend', 'now'],
    ['cancel_entries by hand', 'cancel_entries', 'by hand'],
    ['prices look wrong', 'flatten', 'prices look wrong'],
    ['constructor was here', 'flatten', 'constructor was here'],
    ['\u0000\u0007', 'flatten', 'the file STOP is there'],
    [`flatten ${'x'.repeat(5_000)}`, 'flatten', 'x'.repeat(1_024 - 8)],
  ];
  test.each(texts)('%j', (text, level, because) => {
    const run = new Run();
    writeFileSync(stopPath(run.journal), text);
    expect(readStop(run.journal)).toEqual({ level, because });
    expect(run.takes()).toEqual([{ kind: 'stop_trading', level, because, by: 'the file STOP', from: 'program' }]);
  });

  test('a folder or a link to nothing of that name stops as well', () => {
    const run = new Run();
    mkdirSync(stopPath(run.journal));
    expect(readStop(run.journal)?.level).toBe('flatten');
    rmSync(stopPath(run.journal), { recursive: true });
    symlinkSync('/nowhere', stopPath(run.journal));
    expect(readStop(run.journal)?.level).toBe('flatten');
  });

  test('stops once, and again at a higher level only', () => {
    const run = new Run();
    leaveStop(run.journal, { level: 'cancel_entries', because: 'odd' });
    expect(run.takes()).toHaveLength(1);
    writeFileSync(stopPath(run.journal), 'pause odd');
    expect(run.takes()).toEqual([]);
    leaveStop(run.journal, { level: 'suspend', because: 'odd' });
    expect(run.takes()).toMatchObject([{ level: 'suspend' }]);
  });

  test('stops before anything else is asked, and after a restart not again', () => {
    const run = new Run();
    sendRequest(run.journal, { kind: 'change_parameter', name: 'mode', value: '"normal"', ...ada });
    leaveStop(run.journal, { level: 'flatten', because: 'odd' });
    expect(run.takes().map(({ kind }) => kind)).toEqual(['stop_trading', 'change_parameter']);
    expect(run.again().takes()).toEqual([]);
  });

  test('while it is there nobody clears, and what was cleared otherwise is stopped again', () => {
    const run = new Run();
    leaveStop(run.journal, { level: 'flatten', because: 'odd' });
    run.takes();
    const name = sendRequest(run.journal, clear);
    expect(run.takes()).toEqual([]);
    expect(whyRefused(run.journal, name)).toContain('the file STOP is there');
    run.sees({ kind: 'stop_cleared', by: 'ada', because: 'x' });
    expect(run.takes()).toMatchObject([{ kind: 'stop_trading' }]);
    rmSync(stopPath(run.journal));
    sendRequest(run.journal, clear);
    expect(run.takes()).toEqual([clear]);
  });

  test('is never made gentler by a command: who stops at a lower level leaves the higher one', () => {
    const run = new Run();
    leaveStop(run.journal, { level: 'suspend', because: 'the account is not ours' });
    leaveStop(run.journal, { level: 'pause_entries', because: 'lunch' });
    expect(readStop(run.journal)).toEqual({ level: 'suspend', because: 'the account is not ours' });
  });

  test('is written whole, and nowhere where no journal is', () => {
    const run = new Run();
    leaveStop(run.journal, { level: 'flatten', because: 'odd' });
    expect(readFileSync(stopPath(run.journal), 'utf8')).toBe('flatten odd\n');
    leaveStop(join(run.journal, 'nowhere'), { level: 'flatten', because: 'odd' });
    expect(existsSync(join(run.journal, 'nowhere'))).toBe(false);
  });
});

test('J7: a signal flattens, once however often it comes before it is heard', () => {
  const run = new Run();
  run.mailbox.signal();
  run.mailbox.signal();
  expect(run.mailbox.hasSomething()).toBe(true);
  expect(run.takes()).toEqual([{ kind: 'stop_trading', level: 'flatten', because: 'SIGUSR2', by: 'a signal', from: 'program' }]);
  expect(run.mailbox.hasSomething()).toBe(false);
  run.mailbox.signal();
  expect(run.takes()).toHaveLength(1);
});

test('G4: on a full disk a request takes the room that is kept beside the journal, and without it is refused', () => {
  const journal = mkdtempSync(join(tmpdir(), 'mailbox-'));
  const reserve = new Reserve(journal);
  const sends = (): unknown => onFailingDisk({ call: 'writeSync', nth: 1, times: 1, code: 'ENOSPC' }, () => sendRequest(journal, stop));
  expect(sends).toThrow('ENOSPC');
  reserve.keep();
  sends();
  expect(reserve.isKept).toBe(false);
  expect(new Run(journal).takes()).toEqual([stop]);
});
