import type { Entry, EventOf } from '#domain/events/event';
import { leafNames, leafOf } from '#domain/parameters/leaves';
import type { Settings } from '#domain/settings';
import { stampOf } from '#domain/settings-stamp';
import type { Names } from '#main/record/names';
import type { Rows } from '#main/record/rows';

/** A version of the settings with each of its values. */
export function configRows({ sequence, at }: Entry, event: EventOf<'run_started' | 'parameters_changed'>, rows: Rows): void {
  const { version, hash } = stampOf(event);
  rows.into('config_versions', version).int(sequence).instant(at).hex(hash).end();
  for (const [name, value] of valuesOf(event.settings)) rows.into('config_values', version).text(name).text(value).end();
  if (event.kind === 'run_started') return;
  const { name, before, after, by, from, because } = event;
  rows.into('config_changes', version).text(name).text(before).text(after).text(by).word(from).text(because).end();
}

/** JSON in the settings' own units. */
const valuesOf = (settings: Settings): readonly (readonly [name: string, value: string])[] =>
  leafNames(settings).map((name) => [name, JSON.stringify(leafOf(settings, name))]);

export function accountRow({ sequence }: Entry, { environment, book, account }: EventOf<'account_opened'>, rows: Rows): void {
  rows.into('journal_accounts', sequence).word(environment).text(book).text(account).end();
}

export function openedRow({ sequence }: Entry, { history }: EventOf<'session_opened'>, rows: Rows, names: Names): void {
  rows.into('session_runs', names.session).int(sequence).bool(history).end();
}

export function closedRow({ sequence }: Entry, { date, lastBar, complete }: EventOf<'session_closed'>, rows: Rows, names: Names): void {
  rows.into('session_closings', names.sessionOf(date)).int(sequence).instant(lastBar).bool(complete).end();
}

export function hashedRow({ sequence }: Entry, { date, hash }: EventOf<'state_hashed'>, rows: Rows, names: Names): void {
  rows.into('state_hashes', names.sessionOf(date)).int(sequence).hex(hash).end();
}
