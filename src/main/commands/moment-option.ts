import { InvalidArgumentError } from 'commander';
import { parseSessionDate, type SessionDate } from '#domain/values/session-date';

/** A local minute of the day in New York, with its day when one was given. */
export type Moment = { readonly date: SessionDate | null; readonly minute: number };

const shape = /^(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d):(\d\d)$/;

/** Parser for commander of "10:15" and "2026-03-10T10:15". */
export function momentOption(text: string): Moment {
  const match = shape.exec(text);
  const [hour, minute] = [Number(match?.[2]), Number(match?.[3])];
  const day = match?.[1];
  const date = day === undefined ? null : parseSessionDate(day);
  if (match === null || hour > 23 || minute > 59 || (day !== undefined && date === null))
    throw new InvalidArgumentError('Expected a minute in New York time, such as 10:15 or 2026-03-10T10:15.');
  return { date, minute: hour * 60 + minute };
}
