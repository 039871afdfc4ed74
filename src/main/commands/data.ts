import { barProblemText } from '#main/bars/bar-problem';
import { checkStore, storeFaultText } from '#main/bars/check-store';
import { type ImportProgress, importBars } from '#main/bars/import-bars';
import { importReportLines } from '#main/bars/import-report-text';
import { listStore } from '#main/bars/list-store';
import { Failure } from '#main/commands/failure';
import { refuseInputWithin } from '#main/commands/own-output';
import { isTerminal, rewrite, show, showJson, tell } from '#main/terminal';

export type ImportCommand = {
  readonly store: string;
  readonly barLabel: 'start' | 'end';
  readonly replace: boolean;
  readonly actions?: string;
  readonly json: boolean;
};

/** Brings files of bars into a store and prints what it found in them. */
export async function importCommand(inputs: readonly string[], { json, actions, ...options }: ImportCommand): Promise<void> {
  refuseInputWithin(options.store, [...inputs, actions]);
  const imported = await importBars({
    inputs,
    ...options,
    ...(actions !== undefined && { actions }),
    onProgress: tellProgress,
  });
  rewrite('');
  if (!imported.ok) throw new Failure('badInput', barProblemText(imported.problem));
  if (json) showJson(imported.value);
  else show(...importReportLines(imported.value));
}

/** On a terminal the line is rewritten in place; elsewhere only each tenth step is told. */
function tellProgress(progress: ImportProgress): void {
  const { done, of } = progress;
  const what = progress.kind === 'file_read' ? `read ${progress.file.path}` : `wrote ${progress.date}`;
  if (isTerminal('stderr')) rewrite(`${done}/${of} ${what}`);
  else if (done === of || done % Math.max(1, Math.ceil(of / 10)) === 0) tell(`${done}/${of} ${what}`);
}

type StoreOptions = { readonly store: string; readonly json: boolean };

export async function listCommand({ store, json }: StoreOptions): Promise<void> {
  const listed = await listStore(store);
  if (!listed.ok) throw new Failure('badInput', barProblemText(listed.problem));
  const { resolution, symbols, sessions, rows, bytes, splits, imports } = listed.value;
  if (json) return showJson(listed.value);
  for (const { date, rows: count, bytes: size } of sessions)
    show(`${date}  ${String(count).padStart(9)} bars  ${String(size).padStart(9)} bytes`);
  show(
    `${sessions.length} sessions of ${resolution} bars, ${symbols.length} symbols, ${rows} bars, ${bytes} bytes, ${splits} splits, ${imports.length} imports`,
  );
}

export async function checkCommand({ store, json }: StoreOptions): Promise<void> {
  const checked = await checkStore(store);
  if (!checked.ok) throw new Failure('badInput', barProblemText(checked.problem));
  const { sessions, rows, faults } = checked.value;
  if (json) showJson(checked.value);
  else show(...faults.map(storeFaultText));
  if (faults.length > 0)
    throw new Failure('failedCheck', `${faults.length} faults in ${store}; import those sessions again with --replace`);
  if (!json) show(`whole: ${sessions} sessions, ${rows} bars`);
}
