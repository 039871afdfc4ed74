const shape = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|\+00(?::?00)?)$/;

export type CsvTime = { readonly date: string; readonly minute: number; readonly onMinute: boolean };

/** A timestamp of UTC in any of the usual spellings; `null` without a zone, in another zone or with an hour that does not exist. */
export function readTime(text: string): CsvTime | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const [, date = '', hour, minute, second = '0', fraction = ''] = match;
  const h = Number(hour);
  const m = Number(minute);
  const s = Number(second);
  if (h > 23 || m > 59 || s > 59) return null;
  return { date, minute: h * 60 + m, onMinute: s === 0 && !/[1-9]/.test(fraction) };
}
