/** Five columns of a frame. */
export type FrameColumns = {
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: Int32Array;
};

/** Columns for the next frame that is read. */
export type ColumnStore = { take(width: number): FrameColumns };

/** Fresh zeroed columns. */
export const freshColumns = (width: number): FrameColumns => ({
  open: new Int32Array(width),
  high: new Int32Array(width),
  low: new Int32Array(width),
  close: new Int32Array(width),
  volume: new Int32Array(width),
});

/** Columns that are taken anew for each session: a frame holds until the next session starts, as in a run. */
export class SessionColumns implements ColumnStore {
  readonly #all: FrameColumns[] = [];
  #taken = 0;

  startSession(): void {
    this.#taken = 0;
  }

  take(width: number): FrameColumns {
    const at = this.#taken++;
    const known = this.#all[at];
    if (known?.open.length === width) {
      for (const column of [known.open, known.high, known.low, known.close]) column.fill(0);
      return known;
    }
    const fresh = freshColumns(width);
    this.#all[at] = fresh;
    return fresh;
  }
}
