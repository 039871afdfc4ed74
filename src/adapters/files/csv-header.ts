/** What a line of a file of bars holds. */
export type Resolution = 'minute' | 'daily';

export type CsvShape = { readonly resolution: Resolution; readonly columns: number };

/** The layouts that are read, as they are named to people. */
export const expectedHeaders =
  'symbol,timestamp_utc,open,high,low,close,volume (minutes) or symbol,date,open,high,low,close,volume[,adj_close] (days)';

const prices = 'open,high,low,close,volume';

/** The shape that a header announces; columns after the volume are allowed and not read. `null` for any other header. */
export function shapeOfHeader(line: string): CsvShape | null {
  const text = line
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '')
    .toLowerCase();
  const columns = text.split(',').length;
  const starts = (layout: string): boolean => text === layout || text.startsWith(`${layout},`);
  if (starts(`symbol,timestamp_utc,${prices}`)) return { resolution: 'minute', columns };
  if (starts(`symbol,date,${prices}`)) return { resolution: 'daily', columns };
  return null;
}
