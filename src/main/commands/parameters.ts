import { type FileProblem, fileProblemText } from '#adapters/parameter-file/file-problem';
import { readSettings } from '#adapters/parameter-file/read-settings';
import { createDefaultFile, writeSetting } from '#adapters/parameter-file/write-settings';
import type { Request } from '#domain/events/request';
import { leafOf } from '#domain/parameters/leaves';
import type { Parameter, ParameterValue } from '#domain/parameters/parameter';
import { allParameters, parameterNamed } from '#domain/parameters/table';
import { parsedValue, settingOfText, spokenOf, spokenText } from '#domain/parameters/value-text';
import type { Settings } from '#domain/settings';
import { firstStamp } from '#domain/settings-stamp';
import { canonicalJson } from '#domain/values/canonical-json';
import { formatInstant } from '#domain/values/instant';
import type { Result } from '#domain/values/result';
import { Failure } from '#main/commands/failure';
import { settingsFrom } from '#main/commands/parameters-option';
import { readingJournal } from '#main/commands/reading-journal';
import { recordedOf, refuseNoFolder, sending } from '#main/commands/sending';
import { sendRequest } from '#main/control/control-folder';
import type { Recorded } from '#main/control/outcome';
import { changesIn, type ParameterChange, stateIn } from '#main/control/parameter-history';
import { type PersonOptions, personOf } from '#main/control/person';
import { show, showJson } from '#main/terminal';
import type { ParameterState } from '#production/risk-manager/parameter-desk';

const ANSWER_WITHIN = 10_000;

/** Writes the whole file with every default, where there is none. */
export function initCommand({ out }: { readonly out: string }): void {
  done(createDefaultFile(out));
  show(`written to ${out}; see whether it is understood with: catalyst parameters check ${out}`);
}

/** Whether a file is understood. */
export function checkCommand(file: string): void {
  const settings = done(readSettings(file));
  show(`${file} is understood; hash ${firstStamp(settings).hash}`);
}

export type ShowOptions = { readonly parameters?: string; readonly journal?: string; readonly json: boolean };

/** What holds, by a file or by a journal, under which version and hash, and what waits. */
export function showCommand({ parameters, journal, json }: ShowOptions): void {
  if (parameters !== undefined && journal !== undefined) throw new Failure('usage', 'give --parameters or --journal, not both');
  const { settings, stamp, pending }: ParameterState =
    journal === undefined ? fresh(settingsFrom(parameters)) : reading(() => stateIn(journal), journal);
  const values = allParameters.map((parameter) => ({ parameter, value: leafOf(settings, parameter.name) ?? '' }));
  if (json)
    return showJson({
      ...stamp,
      values: Object.fromEntries(values.map(({ parameter, value }) => [parameter.name, spokenOf(parameter, value)])),
      pending: pending.map((change) => ({ ...change, ...bothSpoken(change) })),
    });
  show(`version ${stamp.version}, hash ${stamp.hash}`);
  show(...values.map(({ parameter, value }) => `${parameter.name.padEnd(36)} ${spokenText(parameter, value)}`));
  for (const { number, confirmedBy, ...change } of pending)
    show(
      `pending ${number}: ${changeText(change)}; ${confirmedBy === null ? 'waits for a person' : `confirmed by ${confirmedBy}, from the next session`}`,
    );
}

const fresh = (settings: Settings): ParameterState => ({ settings, stamp: firstStamp(settings), pending: [] });

export type SetOptions = PersonOptions & { readonly journal?: string; readonly parameters?: string };

/** Asks the running day for another value, or writes it into a file. */
export async function setCommand(name: string, word: string, { journal, parameters, ...options }: SetOptions): Promise<void> {
  if ((journal === undefined) === (parameters === undefined))
    throw new Failure('usage', 'give --journal to ask the run of a journal, or --parameters to write into a file');
  const parameter = (journal === undefined ? allParameters.find((one) => one.name === name) : undefined) ?? parameterNamed(name);
  if (parameter === undefined)
    throw new Failure('usage', `${name} is no parameter that may be changed; catalyst parameters show has them all`);
  const setting = settingOfText(parameter, word);
  if (!setting.ok) throw new Failure('usage', `${name}: expected ${setting.problem.expected}`);
  if (parameters !== undefined) {
    done(writeSetting(parameters, parameter, setting.value));
    return show(`${name} is ${spokenText(parameter, setting.value)} in ${parameters}, for runs that begin from now on`);
  }
  if (journal !== undefined) await ask(journal, parameter, { value: setting.value, options });
}

type Wish = { readonly value: ParameterValue; readonly options: PersonOptions };

async function ask(journal: string, { name }: Parameter, { value, options }: Wish): Promise<void> {
  const request = { kind: 'change_parameter', name, value: canonicalJson(value), ...personOf(options) } as const;
  const recorded = await recordedOrLeft(journal, request, 'the request');
  if (recorded !== null) show(answerText(recorded, name));
}

/** Asks the run of the journal; null when there is none, and the request lies there for the next one. */
async function recordedOrLeft(journal: string, request: Request, called: string): Promise<Recorded | null> {
  refuseNoFolder(journal);
  const sent = await sending(journal, request, ANSWER_WITHIN);
  if (sent.kind === 'nobody') {
    sendRequest(journal, request);
    show(`nobody runs this journal: ${called} waits in its folder and is taken at the next start`);
    return null;
  }
  return recordedOf(sent);
}

function answerText({ sequence, followed }: Recorded, name: string): string {
  for (const { sequence: number, event } of followed) {
    if (event.kind === 'parameters_changed')
      return `${changeText(event)}: at once, version ${event.stamp.version}, hash ${event.stamp.hash}`;
    if (event.kind === 'parameter_pending')
      return `${changeText(event)}: looser, so it is pending as ${number}; a person confirms it with: catalyst parameters confirm ${number}`;
  }
  return `${name}: recorded as entry ${sequence}`;
}

/** A person's word for a looser value. */
export async function confirmCommand(change: number, { journal, ...options }: PersonOptions & { readonly journal: string }): Promise<void> {
  const person = personOf(options);
  const recorded = await recordedOrLeft(journal, { kind: 'confirm_parameter', change, ...person }, 'the confirmation');
  if (recorded !== null) show(`change ${change} is confirmed by ${person.by}; it holds from the opening of the next session`);
}

/** Every change and every wish for one, oldest first. */
export function historyCommand({ journal, json }: { readonly journal: string; readonly json: boolean }): void {
  for (const change of reading(() => changesIn(journal), journal)) {
    if (json) showJson({ ...change, at: formatInstant(change.at) });
    else
      show(
        `${String(change.sequence).padStart(7)}  ${formatInstant(change.at)}  ${change.what.padEnd(9)} ${historyText(change)}, by ${change.by}: ${change.because}`,
      );
  }
}

const historyText = ({ what, name, before, after, version }: ParameterChange): string =>
  `${changeText({ name, before, after })}${what === 'changed' ? `, version ${version}` : ''}`;

type Values = { readonly name: string; readonly before: string; readonly after: string };

const changeText = ({ name, before, after }: Values): string =>
  before === '' ? `${name}${after === '' ? '' : ` ${after}`}` : `${name} from ${valueText(name, before)} to ${valueText(name, after)}`;

function valueText(name: string, json: string): string {
  const [parameter, value] = [parameterNamed(name), parsedValue(json)];
  return parameter === undefined || value === undefined ? json : spokenText(parameter, value);
}

function bothSpoken({ name, before, after }: Values): { readonly before: unknown; readonly after: unknown } {
  const parameter = parameterNamed(name);
  const spoken = (json: string): unknown => {
    const value = parsedValue(json);
    return parameter === undefined || value === undefined ? json : spokenOf(parameter, value);
  };
  return { before: spoken(before), after: spoken(after) };
}

function done<Value>(result: Result<Value, FileProblem>): Value {
  if (!result.ok) throw new Failure('badInput', fileProblemText(result.problem));
  return result.value;
}

function reading<Value>(read: () => Value, journal: string): Value {
  refuseNoFolder(journal);
  return readingJournal(read);
}
