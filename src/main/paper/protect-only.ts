import type { LiveHouse } from '#engine/live/live-house';
import type { UncleanEnds } from '#main/paper/unclean-ends';

const ended = ({ count }: UncleanEnds): string => `${count} processes of this journal ended within five minutes without being asked to`;

/** What is told first by a start that only takes risk away, and how a person ends that. */
export const protectOnlyLines = (ends: UncleanEnds, journal: string): readonly string[] => [
  `PROTECTS ONLY: ${ended(ends)}.`,
  'What is held keeps its stops and is closed as always; nothing is entered until a person has looked and says so:',
  `  catalyst clear-stop --journal ${journal} --by NAME --because REASON`,
];

/** In the journal, so that it holds until a person clears it, whatever becomes of this process (G10). */
export function protectOnly(house: LiveHouse, ends: UncleanEnds): void {
  const request = { kind: 'stop_trading', level: 'cancel_entries', because: ended(ends), by: 'the start', from: 'program' } as const;
  house.acceptDurably({ kind: 'request_received', request }, house.at);
}
