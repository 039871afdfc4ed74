import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { AlertRecord, type Carry, type LogLine } from '#domain/alerts/alert-record';
import type { Policy } from '#domain/alerts/policy';
import { assert } from '#domain/values/assert';
import type { Instant } from '#domain/values/instant';
import { fail, ok, type Result } from '#domain/values/result';
import { type Lock, lockDirectory } from '#engine/journal/lock';
import { currentFile, cutTorn, numberedFile, numbersIn, readLog, restoredMark } from '#main/alerts/log-files';
import { moveFile, placeFile, removeFile } from '#main/control/durable-file';

/** A file of the log is closed at the first line past this size; the next one begins with all that is still needed. */
const FILE_BYTES_MAX = 8 << 20;

export type LogProblem = { readonly kind: 'log_locked'; readonly pid: number } | { readonly kind: 'log_unusable'; readonly code: string };

export type LogOptions = { readonly folder: string; readonly policy: Policy; readonly now: Instant; readonly bytesMax?: number };

/**
 * The log of alerts: lines that are only ever added, each on the disk before anything follows from it, by one process at a
 * time. It is no part of the journal and of no database, for it has to tell when those are lost. On a full disk it goes on in
 * memory and writes what it owes when there is room again: an alert that could not be written down is still sent.
 */
export class AlertLog {
  readonly record: AlertRecord;
  /** Lines that were found damaged when it was opened, apart from a torn last one. */
  readonly damaged: number;
  readonly #folder: string;
  readonly #lock: Lock;
  readonly #bytesMax: number;
  #descriptor: number;
  #size: number;
  #owed = '';

  private constructor({ folder, bytesMax = FILE_BYTES_MAX }: LogOptions, lock: Lock, record: AlertRecord, damaged: number) {
    this.#folder = folder;
    this.#lock = lock;
    this.#bytesMax = bytesMax;
    this.record = record;
    this.damaged = damaged;
    this.#descriptor = openSync(currentFile(folder), 'r+');
    this.#size = fstatSync(this.#descriptor).size;
  }

  static open(options: LogOptions): Result<AlertLog, LogProblem> {
    const { folder, policy, now } = options;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const locked = lockDirectory(folder);
      if (!locked.ok) return fail({ kind: 'log_locked', pid: locked.problem.pid });
      try {
        let record = new AlertRecord(policy);
        const path = currentFile(folder);
        const damaged = existsSync(path) ? takeOver(path, record) : begin(folder, record, now);
        if (record.log === '') record = begunAgain(options);
        const log = new AlertLog(options, locked.value, record, damaged);
        // Under the old name its next messages would be taken for copies of those that were sent after the backup.
        if (existsSync(restoredMark(folder)) && log.#rotate(now, newName())) removeFile(restoredMark(folder));
        return ok(log);
      } catch (error) {
        locked.value.release();
        throw error;
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error) return fail({ kind: 'log_unusable', code: String(error.code) });
      throw error;
    }
  }

  /** Whether everything is on the disk. */
  get isSaved(): boolean {
    return this.#owed === '';
  }

  /** Whether the right to write it is still ours. */
  get isOurs(): boolean {
    return this.#lock.holds();
  }

  /** Puts lines on the disk and into the record; what finds no room is owed. */
  append(...lines: readonly LogLine[]): void {
    if (lines.length === 0) return;
    for (const line of lines) this.record.see(line);
    this.#owed += lines.map(textOf).join('');
    this.save(lines.at(-1));
  }

  /** Writes what is owed. */
  save(last?: LogLine): void {
    if (this.#owed === '') return;
    const bytes = Buffer.from(this.#owed);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done, bytes.length - done, this.#size + done);
      fsyncSync(this.#descriptor);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#cutBack();
      return;
    }
    this.#size += bytes.length;
    this.#owed = '';
    if (this.#size > this.#bytesMax && last !== undefined) this.#rotate(timeOf(last), this.record.log);
  }

  close(): void {
    this.save();
    closeSync(this.#descriptor);
    this.#lock.release();
  }

  /** Half of a line must not stand before the next whole one. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#descriptor, this.#size);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** Between the two steps a crash leaves no current file: the next start makes it from the newest numbered one. */
  #rotate(now: Instant, name: string): boolean {
    const path = currentFile(this.#folder);
    const next = (numbersIn(this.#folder).at(-1) ?? 0) + 1;
    try {
      moveFile(path, numberedFile(this.#folder, next));
      placeFile(path, textOf(begunLine(name, now, this.record.carry, this.record)));
      closeSync(this.#descriptor);
      this.#descriptor = openSync(path, 'r+');
      this.#size = fstatSync(this.#descriptor).size;
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      // No room for a new file: the old one, under its new name, goes on until there is.
      return false;
    }
  }
}

/** Reads what is there and cuts off what a crash left half written. */
function takeOver(path: string, record: AlertRecord): number {
  const { lines, torn, damaged } = readLog(path);
  if (torn !== null) cutTorn(path, torn);
  for (const line of lines) record.see(line);
  return damaged;
}

/** The first file of all, or the one that a crash kept from following its predecessor. */
function begin(folder: string, record: AlertRecord, now: Instant): number {
  const last = numbersIn(folder).at(-1);
  let damaged = 0;
  if (last !== undefined) damaged = takeOver(numberedFile(folder, last), record);
  const log = record.log === '' ? newName() : record.log;
  placeFile(currentFile(folder), textOf(begunLine(log, now, record.carry, record)));
  return damaged;
}

/**
 * Of the current file not even the first line is whole, and with it the name and what was carried are gone. The file before knows them,
 * and the lines that are whole go on from there; the damaged file gets a number and stays.
 */
function begunAgain({ folder, policy, now }: LogOptions): AlertRecord {
  const path = currentFile(folder);
  const record = new AlertRecord(policy);
  const last = numbersIn(folder).at(-1) ?? 0;
  if (last > 0) takeOver(numberedFile(folder, last), record);
  const lines = readLog(path).lines;
  for (const line of lines) record.see(line);
  if (lines.length > 0) moveFile(path, numberedFile(folder, last + 1));
  placeFile(path, textOf(begunLine(record.log === '' ? newName() : record.log, now, record.carry, record)));
  return record;
}

function begunLine(log: string, at: Instant, carried: Carry, record: AlertRecord): LogLine {
  const line: LogLine = { kind: 'begun', log, at, carried };
  record.see(line);
  return line;
}

/** Stands in every message, so that no two logs send the same. */
const newName = (): string => randomBytes(5).toString('hex');

const textOf = (line: LogLine): string => `${JSON.stringify(line)}\n`;

function timeOf(line: LogLine): Instant {
  const at = line.kind === 'raised' ? line.alert.raisedAt : line.kind === 'posted' ? line.message.at : line.at;
  assert(typeof at === 'number', 'a line has its time');
  return at;
}
