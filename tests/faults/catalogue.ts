/** Who keeps the fault from doing harm, by the folder of its code; "deployment" is what runs the process. */
export type Layer =
  | 'domain'
  | 'production'
  | 'risk-manager'
  | 'workflow'
  | 'trading'
  | 'news'
  | 'scanner'
  | 'engine'
  | 'journal'
  | 'adapters'
  | 'main'
  | 'deployment';

/** How far the tests answer a fault, said here and by nobody else: a test that bears an id changes no standing by itself. */
export type Standing =
  /** Everything that is asked of the house is proved. */
  | { readonly kind: 'covered' }
  /** Some tests bear its id, but not all that is asked for is proved. */
  | { readonly kind: 'partly'; readonly why: string }
  /** No test bears its id. */
  | { readonly kind: 'not_yet'; readonly why: string }
  /** There is no such part in the house, so that it cannot fail. */
  | { readonly kind: 'not_ours'; readonly why: string };

export type Fault = { readonly id: string; readonly says: string; readonly layer: Layer; readonly standing: Standing };

const covered: Standing = { kind: 'covered' };
const partly = (why: string): Standing => ({ kind: 'partly', why });
const notYet = (why: string): Standing => ({ kind: 'not_yet', why });

const noModel = notYet('no language model is asked yet');
const noMcp = notYet('there is no MCP server yet');

type Row = readonly [id: string, says: string, layer: Layer, standing: Standing];

/** Titles of the groups, by the letter of their ids. */
export const groups: ReadonlyMap<string, string> = new Map([
  ['A', 'Sending an order'],
  ['B', 'The life of an order, and its protection'],
  ['C', 'The stream of order news'],
  ['D', 'Two books that differ'],
  ['E', 'Time and calendar'],
  ['F', 'Market data'],
  ['G', 'Process and machine'],
  ['H', 'Database'],
  ['X', 'Several at once'],
  ['J', 'People'],
  ['K', 'Settings and releases'],
  ['L', 'Models, news and tools'],
  ['M', 'Watching and telling'],
]);

/** The failure catalogue, in its order. */
const rows: readonly Row[] = [
  ['A1', 'no answer, though the order was taken', 'engine', covered],
  ['A2', 'no answer, and the order was not taken', 'engine', covered],
  ['A3', 'an answer that is cut off, empty or a web page', 'adapters', covered],
  ['A4', 'the server fails with 500 to 503', 'engine', covered],
  ['A5', '504, and a library that sends again by itself', 'adapters', covered],
  ['A6', '429, too many calls', 'adapters', covered],
  ['A7', 'the client id is said to be used already', 'engine', covered],
  ['A8', 'a look-up finds nothing just after the order was taken', 'engine', covered],
  ['A9', 'the fill is told before the order was answered', 'engine', covered],
  ['A10', 'a plain refusal: funds, restriction, not tradable', 'engine', covered],
  ['A11', 'a price between two ticks', 'domain', covered],
  ['A12', 'a side or type of order that nobody knows', 'domain', covered],
  ['A13', 'refused because it would trade with ourselves', 'engine', covered],
  ['A14', 'taken first and refused later', 'engine', covered],
  ['A15', 'the key is revoked, or of another environment', 'adapters', covered],
  ['A16', 'the account is blocked, restricted, or another one', 'engine', covered],
  [
    'A17',
    'answers change their shape',
    'adapters',
    partly('what is gone or new in an answer is proved; nothing compares with the published schema each day'),
  ],
  ['A18', 'our own queue holds up an exit', 'adapters', covered],

  ['B1', 'many partial fills', 'engine', covered],
  ['B2', 'an entry fills in part and the rest is cancelled', 'trading', covered],
  ['B3', 'a protective leg is missing, refused or left out silently', 'trading', covered],
  ['B4', 'an exit is refused because the stop holds the shares', 'engine', covered],
  ['B5', 'a fill comes after the cancel', 'trading', covered],
  ['B6', 'a cancel that hangs for minutes', 'engine', covered],
  ['B7', 'the old order fills while it is replaced', 'engine', covered],
  ['B8', 'the stop takes another id when it triggers', 'engine', covered],
  ['B9', 'both exits fill', 'engine', covered],
  ['B10', 'protection for the day ends at the close', 'engine', covered],
  ['B11', 'an order expires or is done for the day', 'trading', covered],
  ['B12', 'the price leaps over the stop', 'engine', covered],
  ['B13', 'an exit fills in part and the rest is dead', 'engine', covered],
  ['B14', 'several ways out at once', 'trading', covered],
  ['B15', 'a stop is cancelled to be moved, and the new one fails', 'trading', covered],
  ['B16', 'tidying up cancels protection', 'trading', covered],
  ['B17', 'an exit is refused again and again', 'trading', covered],

  ['C1', 'news told twice', 'engine', covered],
  ['C2', 'news out of order', 'engine', covered],
  ['C3', 'news missed while the line was down', 'engine', covered],
  ['C4', 'one piece of news lost on a good line', 'engine', covered],
  ['C5', 'connected, and silent', 'adapters', covered],
  ['C6', 'connecting again and again', 'adapters', covered],
  ['C7', 'news of an order that nobody knows', 'engine', covered],
  [
    'C8',
    'news come faster than they are read',
    'adapters',
    partly('a line that nobody reads is dropped at a bound, and what it told is read anew; nobody measures how far behind it is'),
  ],
  ['C9', 'the end of a protective order is never told', 'engine', covered],
  ['C10', 'the stream gives up without a word', 'adapters', covered],
  [
    'C11',
    'the code that takes news throws',
    'engine',
    partly('what is thrown ends the process, and its next start compares; what was told is not written down first'),
  ],

  ['D1', 'we hold what the broker does not', 'trading', covered],
  ['D2', 'the broker holds what we do not', 'trading', covered],
  ['D3', 'the numbers of shares differ', 'trading', covered],
  ['D4', 'orders and positions disagree for seconds', 'engine', covered],
  ['D5', 'somebody trades the account by hand', 'trading', covered],
  ['D6', 'the broker sells for us, or restricts the account', 'engine', covered],
  [
    'D7',
    'a split over night',
    'engine',
    partly(
      'a split that is told is counted once, and its shares have their stop before the open; one that nobody tells by then shuts the name, and its money is booked as that of a trade',
    ),
  ],
  [
    'D8',
    'a new ticker, a merger, a delisting',
    'main',
    partly('what the broker trades no more is frozen and told; shares are not followed to another ticker'),
  ],
  ['D9', 'cash drifts by fees, dividends and interest', 'engine', covered],
  ['D10', 'a trade is cancelled or corrected afterwards', 'engine', covered],
  ['D11', 'one name written in two ways', 'domain', covered],
  ['D12', 'reading the account fails or ends half way', 'engine', covered],
  ['D13', 'a fill is counted twice in a comparison', 'engine', covered],

  ['E1', 'the clock jumps or drifts', 'adapters', covered],
  ['E2', 'the clocks change', 'domain', covered],
  ['E3', 'the market closes early', 'domain', covered],
  ['E4', 'a holiday, or a day that is closed without notice', 'domain', covered],
  ['E5', 'one name is halted', 'trading', covered],
  ['E6', 'the whole market is halted', 'engine', covered],
  ['E7', 'the process sleeps for minutes and wakes up', 'engine', covered],
  [
    'E8',
    'nobody has started the program',
    'deployment',
    partly('the watch tells of a day that nobody opens, and the outside of a watch that is silent; nothing starts either by itself'),
  ],

  ['F1', 'prices that are old', 'risk-manager', covered],
  ['F2', 'prices of zero, below it, or none', 'adapters', covered],
  ['F3', 'a price a hundred times too high or too low', 'risk-manager', covered],
  [
    'F4',
    'bid above ask, or far apart',
    'adapters',
    partly('the latest quotes leave out what is crossed or one-sided; entries do not read quotes, a bar is the only price'),
  ],
  ['F5', 'minutes that are missing', 'domain', covered],
  [
    'F6',
    'bars that come late or are corrected',
    'domain',
    partly('a bar that comes late changes nothing; a corrected one is not taken over'),
  ],
  [
    'F7',
    'a history that was not adjusted for a split',
    'risk-manager',
    partly('a split that is told, and most that are not; one of two for one looks like a fall by half'),
  ],
  ['F8', 'nobody is found for days', 'main', covered],
  ['F9', 'fewer names are delivered than were asked for', 'adapters', covered],
  ['F10', 'the equity that the broker reports is wrong', 'risk-manager', covered],

  ['G1', 'killed at every step', 'journal', covered],
  ['G2', 'the event loop is blocked', 'main', covered],
  [
    'G3',
    'memory grows until the process is killed',
    'deployment',
    partly('a soak of simulated days is part of the bench; none of 72 hours of the clock was made'),
  ],
  ['G4', 'the disk is full', 'journal', covered],
  ['G5', 'a sync fails', 'journal', covered],
  ['G6', 'the end of the journal is torn', 'journal', covered],
  ['G7', 'the middle of the journal is spoiled', 'journal', covered],
  ['G8', 'no descriptors or sockets are left', 'engine', covered],
  [
    'G9',
    'an exception that nobody catches',
    'main',
    partly('it ends, and goes on when it is started again; nothing starts it by itself yet'),
  ],
  [
    'G10',
    'it crashes again and again',
    'main',
    partly('a start after it only protects, and the watch tells of each restart in market hours; nothing starts it by itself yet'),
  ],
  ['G11', 'DNS, TLS or a certificate fails', 'adapters', covered],
  ['G12', 'the machine is lost', 'deployment', notYet('there is no second machine')],
  ['G13', 'a wrong or missing file in what was delivered', 'deployment', notYet('no image is built yet')],

  ['H1', 'the database is down', 'main', covered],
  [
    'H2',
    'the database is slow or locked',
    'main',
    partly('a lock is given up after three seconds, which is tried; a statement after two minutes, which is not'),
  ],
  [
    'H3',
    'the database fails over or is read-only',
    'main',
    partly('a server that takes nothing in, and one that was put back, are tried; two servers that both take writes are not'),
  ],
  ['H4', 'a write fails in silence', 'main', covered],
  ['H5', 'a migration stops half way', 'main', covered],
  ['H6', 'a backup older than what the broker knows', 'engine', covered],
  [
    'H7',
    'state that lies in a container only',
    'deployment',
    notYet('no container is built yet, and nothing at the start asks whether the folder is a lasting one'),
  ],

  [
    'X1',
    'two of us on one account',
    'engine',
    partly('between processes of one machine; another machine is told of by the names of its orders, and not kept from sending'),
  ],
  ['X2', 'one that was replaced wakes up', 'engine', covered],
  ['X3', 'two signals for one name at once', 'risk-manager', covered],
  ['X4', 'approvals that pass a limit together', 'risk-manager', covered],
  [
    'X5',
    'test code holds keys of production',
    'main',
    partly('names of orders and the start keep environments apart; separate hosts and networks are no part of the program'),
  ],

  ['J1', 'agreed to after the deadline', 'workflow', covered],
  ['J2', 'agreed to twice', 'workflow', covered],
  ['J3', 'agreed to and declined together', 'workflow', covered],
  ['J4', 'the price has moved between question and answer', 'risk-manager', covered],
  ['J5', 'an answer to other terms than were shown', 'workflow', covered],
  ['J6', 'the emergency stop comes while an order leaves', 'trading', covered],
  ['J7', 'the usual way to stop is not there', 'main', covered],
  ['J8', 'a slip of the finger', 'risk-manager', covered],
  ['J9', 'the mode changes while orders are open', 'workflow', covered],
  ['J10', 'nobody answers', 'workflow', covered],

  ['K1', 'settings that are wrong or dangerous', 'domain', covered],
  [
    'K2',
    'a file of settings that is half written',
    'adapters',
    partly('our own writing is whole or not there; a file that an editor cut at the end of a line has no checksum'),
  ],
  ['K3', 'a limit that is told in two ways', 'domain', covered],
  [
    'K4',
    'two builds at once, or a flag used again',
    'main',
    partly('the lease holds on one machine; no heartbeat names the build to others'),
  ],
  ['K5', 'a key is missing or of another environment', 'main', covered],
  ['K6', 'two copies of one thing drift apart', 'engine', covered],

  ['L1', 'a model answers with prose or broken JSON', 'adapters', noModel],
  ['L2', 'a model never answers', 'adapters', noModel],
  ['L3', 'the provider of a model is down, or the money is used up', 'adapters', noModel],
  ['L4', 'a text from outside gives orders', 'news', covered],
  ['L5', 'a model makes up a name, a price or a number', 'adapters', noModel],
  ['L6', 'the same news told by many', 'news', covered],
  ['L7', 'news that were edited, come late or bear a wrong date', 'news', covered],
  ['L8', 'a client repeats a call that changes something', 'adapters', noMcp],
  ['L9', 'the text of another server asks the model to trade', 'adapters', noMcp],
  ['L10', 'a model calls tools without end', 'adapters', noMcp],
  ['L11', 'an approval is stolen, changed or used again', 'adapters', noMcp],
  ['L12', 'a page in a browser reaches the local server', 'adapters', noMcp],

  ['M1', 'the channel of alarms is down', 'main', covered],
  ['M2', 'ten thousand alarms at once', 'domain', covered],
  [
    'M3',
    'a report that contradicts what happened',
    'production',
    partly('the books of the report and of the fills; not the activities of an account'),
  ],
  [
    'M4',
    'healthy, says the page, and a part is dead',
    'main',
    partly('the ping to the outside stays away as soon as one part is silent; there is no page of health, and no order is sent to try it'),
  ],
  ['M5', 'logs fill the disk or tell a key', 'main', partly('the keys of news are shown nowhere; there is no log that grows')],
];

export const catalogue: readonly Fault[] = rows.map(([id, says, layer, standing]) => ({ id, says, layer, standing }));
