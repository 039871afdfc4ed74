import type { AlertFacts } from '#domain/alerts/alert';
import { reaches, type StopLevel } from '#domain/risk/stop-level';

/** What the house had done by itself before anybody was told. */
export type Action =
  | 'entries_shut'
  | 'entries_cancelled'
  | 'positions_closing'
  | 'broker_suspended'
  | 'stop_ordered'
  | 'capital_reserved'
  | 'broker_believed'
  | 'stops_stand_at_broker'
  | 'dialling_again'
  | 'nothing_sent'
  | 'ping_withheld'
  | 'just_a_test';

const words: Readonly<Record<Action, string>> = {
  entries_shut: 'no new position is opened',
  entries_cancelled: 'entries that worked were cancelled',
  positions_closing: 'every position is being closed at market',
  broker_suspended: 'the broker was told to take nothing that opens a position',
  stop_ordered: 'a new stop was ordered, or the way out where the price has passed it; in a halted name as soon as it trades',
  capital_reserved: 'its capital stays reserved, the broker is asked for it again and again, and nothing is sent again blindly',
  broker_believed: "the broker's word holds: its shares are taken over into the book and protected, the name is not entered",
  stops_stand_at_broker: 'stops stay at the broker and work there without this program',
  dialling_again: 'the broker is dialled again and again; then its lists are compared before anything is entered',
  nothing_sent: 'nothing is sent on a price that is not known',
  ping_withheld: 'the ping to the outside is withheld, so that the outside tells as well',
  just_a_test: 'none: this is a test',
};

/** What was done already; of every critical alert there is something. */
export function actionsOf(facts: AlertFacts): readonly Action[] {
  switch (facts.kind) {
    case 'loss_limit_reached':
    case 'trading_stopped':
      return upTo(facts.level);
    case 'protection_gap':
      return ['stop_ordered'];
    case 'order_unknown':
      return ['capital_reserved'];
    case 'books_differ':
      return facts.difference === 'account' ? ['entries_shut'] : ['broker_believed'];
    case 'broker_unreachable':
      return ['entries_shut', 'stops_stand_at_broker', ...(facts.state === 'lost' ? (['dialling_again'] as const) : [])];
    case 'service_down':
      return ['stops_stand_at_broker', 'ping_withheld'];
    case 'data_stale':
      return ['nothing_sent', 'stops_stand_at_broker', 'ping_withheld'];
    case 'journal_unreadable':
      return ['ping_withheld'];
    case 'test_alert':
      return ['just_a_test'];
    default:
      return [];
  }
}

const levels = [
  ['pause_entries', 'entries_shut'],
  ['cancel_entries', 'entries_cancelled'],
  ['flatten', 'positions_closing'],
  ['suspend', 'broker_suspended'],
] as const;

const upTo = (level: StopLevel): readonly Action[] => levels.filter(([each]) => reaches(level, each)).map(([, action]) => action);

export const actionText = (action: Action): string => words[action];
