import { describe, JournalError } from '#engine/journal/problems';
import { Failure } from '#main/commands/failure';
import { openUsage } from '#main/costs/counted';
import { Bell } from '#main/paper/bell';
import { chosenPlace, placeText } from '#main/paper/chosen-place';
import { connect } from '#main/paper/connect';
import type { PaperOptions } from '#main/paper/paper-options';
import { tradeAccount } from '#main/paper/trade-account';
import { note, show } from '#main/terminal';

/** Trades a paper account, or a simulated broker, until so many sessions are over or somebody ends it. */
export async function paperCommand(options: PaperOptions): Promise<void> {
  const stop = new AbortController();
  const told = (): void => stop.abort();
  process.on('SIGINT', told).on('SIGTERM', told);
  const bell = new Bell();
  const place = await chosenPlace(options, bell.fail);
  const counting = openUsage(options.usage, note);
  const connected = connect(place, stop.signal, counting.usage);
  try {
    show(placeText(place));
    const taught = (): void => ('begin' in place ? place.begin() : undefined);
    await tradeAccount(options, { connected, bell, stop: stop.signal, taught });
  } catch (error) {
    if (error instanceof JournalError) throw new Failure('badJournal', describe(error.problem));
    throw error;
  } finally {
    stop.abort();
    connected.close();
    counting.close();
    if ('close' in place) await place.close();
    process.off('SIGINT', told).off('SIGTERM', told);
  }
}
