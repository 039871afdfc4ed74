import { expect, test } from 'vitest';
import { instant } from '#domain/values/instant';
import { must } from '#engine/journal/testing/sample-journal';
import { JournalWriter } from '#engine/journal/writer';
import { systemClock } from '#main/news/system-clock';
import { rebuild } from '#main/record/rebuild';
import { withEmbedded } from '../postgres/servers.js';
import { writeEveryEvent } from './every-event.js';
import { asked, hashes, journalFolder, project, withSchema } from './projected.js';

const server = withEmbedded();

function everyEvent(): string {
  const directory = journalFolder();
  writeEveryEvent(directory);
  return directory;
}

test.skipIf(!server.isThere)(
  `a rebuild that is ended half way, or whose server lets it go, is remembered: the next one makes again what was there before the first${server.why}`,
  async () => {
    const [one, other] = [everyEvent(), everyEvent()];
    const writer = must(JournalWriter.open(other));
    writer.append({ kind: 'suspend_requested' }, instant(1_520_900_000_000), 0, 'door');
    writer.close();
    const url = await withSchema(await server.fresh());
    await project(url, one, { name: 'one' });
    await project(url, other, { name: 'other' });
    const before = await hashes(url);
    const run = (directories: readonly string[], told: () => void = () => {}, signal = new AbortController().signal) =>
      rebuild({ url, directories, allowsChanged: false, signal, clock: systemClock, told });

    const ending = new AbortController();
    expect(await run([one, other], () => ending.abort(), ending.signal)).toMatchObject({ ok: false, problem: { kind: 'cut_off' } });
    expect(await asked(url, 'select name from catalyst.journals')).toHaveLength(1);

    let isLost = false;
    const lost = await run([one, other], () => {
      if (isLost) return;
      isLost = true;
      void asked(url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catalyst rebuild'`);
    });
    expect(lost).toMatchObject({ ok: false, problem: { kind: 'cut_off' } });

    expect(await run([one])).toMatchObject({ ok: false, problem: { kind: 'journal_not_given', names: ['other'] } });
    const built = await run([one, other]);
    expect(built.ok && built.value.tables.filter((table) => table.before?.hash !== table.after.hash)).toEqual([]);
    expect(await hashes(url)).toEqual(before);
    expect(await asked(url, `select to_regnamespace('catalyst_kept') as kept`)).toEqual([{ kept: null }]);
  },
  120_000,
);
