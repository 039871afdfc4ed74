import { fileProblemText } from '#adapters/parameter-file/file-problem';
import { readSettings } from '#adapters/parameter-file/read-settings';
import type { Entry } from '#domain/events/event';
import { defaultSettings, type Settings } from '#domain/settings';
import { canonicalJson } from '#domain/values/canonical-json';
import { decodeEntries } from '#engine/journal/reader';
import { Failure } from '#main/commands/failure';
import { readingJournal } from '#main/commands/reading-journal';
import { holdsJournal } from '#main/day/open-recorder';

/** The settings of the file that --parameters names; the defaults without one. */
export function settingsFrom(file: string | undefined): Settings {
  if (file === undefined) return defaultSettings;
  const settings = readSettings(file);
  if (!settings.ok) throw new Failure('badInput', fileProblemText(settings.problem));
  return settings.value;
}

/** A journal that is continued goes on under the settings it began with; `note` is told when those of the file are others. */
export function settingsToContinue(
  settings: Settings,
  { journal, parameters }: { readonly journal?: string | undefined; readonly parameters?: string | undefined },
  note: (text: string) => void,
): Settings {
  if (journal === undefined || parameters === undefined || !holdsJournal(journal)) return settings;
  const first = readingJournal(() => beginningOf(journal), 'badJournal');
  if (first === undefined || canonicalJson(first.event.settings) === canonicalJson(settings)) return settings;
  note(
    `the journal began under other settings than ${parameters} has, and goes on under its own; change them with: catalyst parameters set`,
  );
  return first.event.settings;
}

function beginningOf(journal: string): Entry<'run_started'> | undefined {
  const [first] = decodeEntries(journal, { kinds: ['run_started'] });
  return first;
}
