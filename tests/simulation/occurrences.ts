/** What really came about in the sessions that were checked, so that a test can say whether it has shown anything. */
export class Occurrences {
  readonly counts = new Map<string, number>();

  add(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Adds what came about elsewhere. */
  take({ counts }: Occurrences): void {
    for (const [what, count] of counts) this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }

  missing(expected: readonly string[]): readonly string[] {
    return expected.filter((what) => !this.counts.has(what));
  }
}
