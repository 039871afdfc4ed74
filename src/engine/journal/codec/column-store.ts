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

/** The same columns for every frame of a width: what was read before is overwritten by the next frame. */
export function reusedColumns(): ColumnStore {
  let columns = freshColumns(0);
  return {
    take(width) {
      if (columns.open.length === width) {
        for (const column of [columns.open, columns.high, columns.low, columns.close]) column.fill(0);
      } else columns = freshColumns(width);
      return columns;
    },
  };
}
