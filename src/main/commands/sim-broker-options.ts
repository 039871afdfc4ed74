import { InvalidArgumentError } from 'commander';

export function portOption(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return port;
}

/** A minute of the day in New York: 570 is 09:30. */
export function localMinuteOption(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Expected a minute of the day in New York, such as 09:25.');
  return Number(match[1]) * 60 + Number(match[2]);
}

const SPEED_MAX = 100_000;

export function simulatedSpeedOption(text: string): number {
  const speed = Number(text);
  if (text.trim() === '' || !(speed >= 0 && speed <= SPEED_MAX))
    throw new InvalidArgumentError(`Expected how many seconds of the market pass in one, from 0 to ${SPEED_MAX}.`);
  return speed;
}
