/** The code is wrong: nothing that is tried again later. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

/** For bugs, never for weather. A failed assertion means that the code is wrong; the process stops and restart is replay. */
export function assert(condition: boolean, because: string): asserts condition {
  if (!condition) throw new AssertionFailed(`assertion failed: ${because}`);
}

/** The end of a switch over a closed union: a new member fails to compile here until it has an opinion. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`unreachable: ${JSON.stringify(value)}`);
}
