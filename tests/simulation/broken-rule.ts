/** A rule that does not hold; whoever sees the entry adds which one it was. */
export class BrokenRule extends Error {}

export function need(holds: boolean, what: string): void {
  if (!holds) throw new BrokenRule(what);
}
