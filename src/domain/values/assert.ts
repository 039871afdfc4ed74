/** For bugs, never for weather. A failed assertion means that the code is wrong; the process stops and restart is replay. */
export function assert(condition: boolean, because: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${because}`);
}

/** The end of a switch over a closed union: a new member fails to compile here until it has an opinion. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
