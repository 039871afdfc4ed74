const two = (n: number): string => String(n).padStart(2, '0');

/** A local minute of the day as people write it: 570 is "09:30". */
export const clockText = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
