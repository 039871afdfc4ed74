import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** The calls to the system by which a journal is written, in the words of `node:fs`. */
type DiskCall = 'openSync' | 'writeSync' | 'fdatasyncSync' | 'fsyncSync' | 'ftruncateSync';

export type DiskFault = {
  readonly call: DiskCall;
  /** From 1: the call that fails, and all of its kind after it. */
  readonly nth: number;
  readonly code: 'ENOSPC' | 'EIO';
  /** Whether a write that fails has written half of it before. */
  readonly torn?: boolean;
};

type AnyCall = (...args: readonly unknown[]) => unknown;

/** Does the work on a disk that fails so; says how many calls of that kind there were. */
export function onFailingDisk({ call, nth, code, torn = false }: DiskFault, work: () => void): number {
  const name: string = call;
  const real: AnyCall = Reflect.get(fs, name);
  let made = 0;
  const failing: AnyCall = (...args) => {
    made++;
    if (made < nth) return real(...args);
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
