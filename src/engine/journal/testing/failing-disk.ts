import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** The calls to the system by which a journal is written, in the words of `node:fs`. */
type DiskCall = 'openSync' | 'writeSync' | 'fdatasyncSync' | 'fsyncSync' | 'ftruncateSync';

export type DiskFault = {
  readonly call: DiskCall;
  /** Only calls whose first argument, a path, is like that. */
  readonly named?: RegExp;
  /** From 1: the call that fails, and all of its kind after it. */
  readonly nth: number;
  readonly code: 'ENOSPC' | 'EIO';
  /** Whether a write that fails has written half of it before. */
  readonly torn?: boolean;
  /** How many calls fail before the disk works again; all of them when it is left out. */
  readonly times?: number;
};

type AnyCall = (...args: readonly unknown[]) => unknown;

/** Does the work on a disk that fails so; says how many calls of that kind there were. */
export function onFailingDisk(
  { call, named, nth, code, torn = false, times = Number.POSITIVE_INFINITY }: DiskFault,
  work: () => void,
): number {
  const name: string = call;
  const real: AnyCall = Reflect.get(fs, name);
  let made = 0;
  const failing: AnyCall = (...args) => {
    if (named?.test(String(args[0])) === false) return real(...args);
    made++;
    if (made < nth || made >= nth + times) return real(...args);
    if (torn && made === nth) return real(...halved(args));
    throw Object.assign(new Error(`${code}: the disk fails`), { code });
  };
  put(call, failing);
  try {
    work();
  } finally {
    put(call, real);
  }
  return made;
}

/** Whoever has imported the call by its name gets the new one as well. */
function put(call: DiskCall, made: AnyCall): void {
  Reflect.set(fs, call, made);
  syncBuiltinESMExports();
}

/** The arguments of a write with half of its length: descriptor, bytes, offset, length, position. */
const halved = (args: readonly unknown[]): readonly unknown[] => args.map((arg, place) => (place === 3 ? Math.ceil(Number(arg) / 2) : arg));
