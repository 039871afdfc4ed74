import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#adapters/duckdb/database';
import { parquetAsItIs } from '#adapters/duckdb/parquet-to-csv';
import { fileProblem } from '#adapters/files/file-problem';
import { candlesticks } from '#domain/candlesticks/candlesticks';
import { parseRequested, type Requested } from '#domain/indicators/requested';
import { Failure } from '#main/commands/failure';
import { refuseOwnInput } from '#main/commands/own-output';
import { type IndicatorProblem, indicatorProblemText } from '#main/indicators/indicator-problem';
import { fileOutput, type Output, standardOutput, WriteFailed } from '#main/indicators/output-file';
import { catalogueLines, requestProblemText } from '#main/indicators/request-text';
import type { SessionRule } from '#main/indicators/session-of';
import { type IndicatorsWritten, writeIndicators } from '#main/indicators/write-indicators';
import { isTerminal, ReaderGone, rewrite, show, tell } from '#main/terminal';

export type IndicatorsCommand = {
  readonly in?: string;
  readonly calc?: string;
  readonly out?: string;
  readonly actions?: string;
  readonly symbol?: string;
  readonly session?: SessionRule;
  readonly list: boolean;
};

/** Writes indicators beside the bars of a file. */
export async function indicatorsCommand(options: IndicatorsCommand): Promise<void> {
  if (options.list) return show(...catalogueLines());
  if (options.in === undefined || options.calc === undefined) {
    throw new Failure('usage', 'give a file with --in and what to calculate with --calc, or --list to see what there is');
  }
  const requested = parseRequested(options.calc, candlesticks);
  if (!requested.ok) throw new Failure('usage', requestProblemText(requested.problem));
  refuseOwnInput(options.out, [options.in, options.actions]);
  await withCsv(options.in, async (path) => {
    const written = await writeTo(path, options.in ?? path, requested.value, options);
    for (const note of notes(written, options)) tell(`note: ${note}`);
  });
}

function refuse(problem: IndicatorProblem): never {
  throw new Failure('badInput', indicatorProblemText(problem));
}

async function writeTo(
  path: string,
  name: string,
  requested: readonly Requested[],
  options: IndicatorsCommand,
): Promise<IndicatorsWritten> {
  const { out, symbol = null, actions = null, session = null } = options;
  let output: Output | null = null;
  try {
    output = out === undefined ? standardOutput() : await fileOutput(out);
    const written = await writeIndicators({ path, name, requested, symbol, actions, session, output, onRows: tellProgress });
    if (!written.ok) refuse(written.problem);
    await output.finish();
    return written.value;
  } catch (error) {
    await output?.abandon();
    if (!(error instanceof WriteFailed)) throw error;
    // Whoever read the pipe has seen enough.
    if (error.reason === 'EPIPE' && out === undefined) throw new ReaderGone();
    refuse({ kind: 'not_written', path: out ?? 'standard output', code: error.reason });
  }
}

/** Hands over a CSV: the file itself, or what it holds as Parquet. */
async function withCsv(path: string, use: (csv: string) => Promise<void>): Promise<void> {
  if (!path.endsWith('.parquet')) return use(path);
  const scratch = mkdtempSync(join(tmpdir(), 'catalyst-indicators-'));
  try {
    statSync(path);
    const csv = join(scratch, 'bars.csv');
    const database = await openDatabase();
    const made = await parquetAsItIs(database.connection, path, csv);
    database.close();
    if (made.ok) await use(csv);
    else refuse(made.problem);
  } catch (error) {
    if (error instanceof Failure || error instanceof WriteFailed) throw error;
    refuse(fileProblem(error, path, 'a file of bars'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function tellProgress(rows: number, of: number): void {
  if (isTerminal('stderr')) rewrite(`${rows} of ${of} bars`);
  else if (rows % 1_000_000 === 0) tell(`${rows} of ${of} bars`);
}

/** What somebody should know about the values, although they could be calculated. */
function notes({ survey, session, withoutActions }: IndicatorsWritten, { calc, actions }: IndicatorsCommand): readonly string[] {
  const found: string[] = [];
  if (survey.roundedPrices) found.push(`prices have digits finer than 1e-${survey.priceUnit} and were rounded to that`);
  if (survey.roundedVolumes) found.push(`volumes have digits finer than 1e-${survey.volumeUnit} and were rounded to that`);
  if (survey.outside > 0) found.push(`${survey.outside} opens or closes lie outside of their bar's low and high; taken as they are`);
  if (survey.order === 'day_first') found.push('dates are read as day/month/year');
  if (actions !== undefined && withoutActions.length > 0) {
    const names = withoutActions.slice(0, 5).map((name) => name || 'a series without a name (--symbol gives it one)');
    found.push(
      `${actions} says nothing of ${names.join(', ')}${withoutActions.length > 5 ? ' …' : ''}: prices are as they stand in the file`,
    );
  }
  const anchored = (calc ?? '').split(',').filter((part) => /^(vwap|vwapbands(:.*)?|profile)$/.test(part.trim()));
  if (anchored.length > 0 && !survey.timed)
    found.push(`each daily bar is a session of its own for ${anchored.join(', ')}; vwap:start goes on over all`);
  if (anchored.length > 0 && survey.timed) {
    found.push(
      session === 'us'
        ? 'sessions are the regular hours of the US exchanges; --session day takes each date'
        : 'a session is a date of the file',
    );
  }
  return found;
}
