import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { usCalendar } from '#domain/market/calendar';
import { feeSchedule, unconfirmedFees } from '#domain/market/fees';
import { tickRuleOn } from '#domain/market/ticks';
import { parseSessionDate } from '#domain/values/session-date';
import { alpacaSettings } from '#main/broker/alpaca-settings';
import { Failure } from '#main/commands/failure';
import { databaseFinding } from '#main/database/doctor-row';
import { vendorsOf } from '#main/news/vendors';
import { show, showJson } from '#main/terminal';

type Finding = { readonly what: string; readonly state: 'ok' | 'note' | 'missing'; readonly found: string; readonly todo: string };

const GIB = 1024 ** 3;
const DISK_MIN_GIB = 1;

/** What is set up, what is missing, and what to do about it. */
export function doctorCommand({ json = false }: { readonly json?: boolean }): void {
  const findings = [node(), machine(), disk(), journals(), duckdb(), calendar(), fees(), broker(), database(), ...news()];
  if (json) showJson(findings);
  else
    for (const { what, state, found, todo } of findings)
      show(`${state.padEnd(8)} ${what.padEnd(10)} ${found}`, ...(todo === '' ? [] : [`${' '.repeat(20)}→ ${todo}`]));
  const missing = findings.filter(({ state }) => state === 'missing');
  if (missing.length > 0) throw new Failure('failedCheck', `missing: ${missing.map(({ what }) => what).join(', ')}`);
}

const ok = (what: string, found: string): Finding => ({ what, state: 'ok', found, todo: '' });
const note = (what: string, found: string, todo: string): Finding => ({ what, state: 'note', found, todo });
const missing = (what: string, found: string, todo: string): Finding => ({ what, state: 'missing', found, todo });

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const found = `Node ${process.versions.node}`;
  return major === 20 || major === 24
    ? ok('node', `${found}, a version that is tested`)
    : note('node', found, 'tested on Node 20 and 24 only; journals are promised to be equal on those');
}

function machine(): Finding {
  return ok(
    'machine',
    `${availableParallelism()} cores, ${(totalmem() / GIB).toFixed(1)} GiB of memory; a run needs one core and less than 0.5 GiB`,
  );
}

function disk(): Finding {
  const { bavail, bsize } = statfsSync('.');
  const free = (bavail * bsize) / GIB;
  const found = `${free.toFixed(1)} GiB free here`;
  return free < DISK_MIN_GIB ? missing('disk', found, 'a journal takes about 10 bytes a bar; free some space') : ok('disk', found);
}

function journals(): Finding {
  const directory = resolve('journals');
  const place = existsSync(directory) ? directory : resolve('.');
  try {
    accessSync(place, constants.W_OK);
    return ok('journals', `may be written in ${place}`);
  } catch {
    return missing('journals', `may not be written in ${place}`, 'start in a folder that you may write to, or give --journal');
  }
}

/** Only looked up, not loaded: loading the native library takes longer than all the rest. */
function duckdb(): Finding {
  try {
    createRequire(import.meta.url).resolve('@duckdb/node-api');
    return ok('duckdb', 'there, for stores and Parquet files');
  } catch {
    return missing('duckdb', 'not installed', 'run npm ci; without it only CSV files can be read');
  }
}

function calendar(): Finding {
  const today = parseSessionDate(new Date().toISOString().slice(0, 10));
  const next = today === null ? null : usCalendar.nextSession(today);
  const span = `US sessions from ${usCalendar.from} to ${usCalendar.to}`;
  return next?.ok === true
    ? ok('calendar', `${span}; the next one is ${next.value.date}`)
    : missing('calendar', span, 'today lies outside: a newer version is needed');
}

function fees(): Finding {
  const today = parseSessionDate(new Date().toISOString().slice(0, 10));
  const schedule = today === null ? null : feeSchedule(today);
  if (schedule === null || !schedule.ok || today === null || !tickRuleOn(today).ok)
    return missing('rules', 'no fee or tick rule for today', 'a newer version is needed');
  const unsure = unconfirmedFees(schedule.value);
  return unsure.length === 0
    ? ok('rules', 'fees and ticks of today are known')
    : note('rules', `not charged, because its rate is not sure: ${unsure.join(', ')}`, 'compare with your broker');
}

function broker(): Finding {
  const settings = alpacaSettings(process.env, null);
  if (!settings.ok) return note('broker', settings.problem.said, 'or try everything without an account: catalyst paper --sim');
  const { environment, trading } = settings.value;
  return ok('broker', `${environment} at ${trading.host}; catalyst paper trades it`);
}

/** Nothing is started, and a server of somebody else's is not asked. */
function database(): Finding {
  const { isUsable, found, todo } = databaseFinding(process.env);
  return isUsable ? { ...ok('database', found), todo } : missing('database', found, todo);
}

/** Only what the environment says; nobody is asked. */
function news(): readonly Finding[] {
  return vendorsOf(process.env, { symbols: [], query: null, ciks: null }).map((vendor) =>
    vendor.state === 'on' ? ok('news', `${vendor.name} is on: ${vendor.asks}`) : note('news', `${vendor.name} is off`, vendor.todo),
  );
}
