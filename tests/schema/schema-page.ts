import { areas } from '#tests/schema/normal-forms';
import type { Column, Reference, Schema, Table } from '#tests/schema/read-schema';

export const PAGE = 'docs/reference/schema.md';

const intro = `# The schema of the record

Made by \`npm run schema-page\` from a database into which \`database/\` was migrated; a test compares the two.

PostgreSQL holds what the journals tell, as relations in third normal form. It is built anew from them by one command, and nothing on
the way of an order waits for it. Every fact names its journal and the \`sequence\` of the entry that told it. In the diagrams the line
from each table to \`journals\` is left out where the table refers to another that has it.

- **Money and prices** are decimals of four places: \`amount\` is \`numeric(19,4)\`, \`price\` is \`numeric(14,4)\` above 0. Floats are
  measures and statistics.
- **Moments** are \`timestamptz\`. **Symbols** stand in \`securities\` and nowhere else; views show them.
- **Nothing is changed.** Tables are only added to: update, delete and truncate are refused, for the owner as well. The exceptions are
  \`journal_positions\`, which moves on, and \`securities.valid_to\`, which is told once.
- **Third normal form** means here: every column that is no part of a key tells something of the key, the whole key, and nothing but the
  key. Each table says why that holds. What was left redundant begins with "Deliberate" and says what keeps it true.

## Roles
None of them can log in; users are members. \`catalyst db roles\` says who is there, \`--logins <dir>\` makes a user for each with a
password in a file that only its owner can read. At a server of your own (\`DATABASE_URL\`) grant them to your users:
\`GRANT catalyst_dashboard TO grafana;\`. Where the user that migrates may not make roles the migration goes on without them, and
\`catalyst db roles\` says what somebody who may has to run.

| role | may |
|---|---|
| \`catalyst_migrator\` | owns the schema; the user that migrates is a member |
| \`catalyst_projector\` | add to every table but \`markets\`, \`exchanges\`, \`sectors\`; read; move \`journal_positions\`; end a symbol; call \`ensure_bars_month\` |
| \`catalyst_dashboard\` | read tables and views |
| \`catalyst_research\` | read tables and views |
| \`catalyst_backup\` | read tables and views; hold the locks that backups need |

What everybody may do in a new database (connect, make temporary tables, use \`public\`) is taken away; so are, when a superuser migrates,
advisory locks and writing large objects. Nobody can keep a reader from long queries or from saying \`NOTIFY\`: give readers a
\`statement_timeout\`, as \`--logins\` does. A superuser can switch triggers off.
`;

/** The whole page. */
export const schemaPage = (schema: Schema): string => [intro, ...areas.map((area) => areaText(area, schema)), viewsText(schema)].join('\n');

function areaText({ title, about, tables: reasons }: (typeof areas)[number], schema: Schema): string {
  const tables = Object.keys(reasons).flatMap((name) => schema.tables.filter((table) => table.name === name));
  return [`## ${title}`, about, '', diagram(tables), ...tables.map((table) => tableText(table, reasons[table.name] ?? ''))].join('\n');
}

function diagram(tables: readonly Table[]): string {
  const boxes = tables.map((table) => {
    const shown = table.columns.filter(({ name }) => isKey(table, name) || isReference(table, name));
    const lines = shown.map(({ name, type }) => `    ${word(type)} ${name} ${marks(table, name)}`);
    return [`  ${table.name} {`, ...lines, '  }'].join('\n');
  });
  const lines = tables.flatMap((table) => shownReferences(table).map((reference) => line(table, reference)));
  return ['```mermaid', 'erDiagram', ...boxes, ...lines, '```', ''].join('\n');
}

const isKey = ({ key }: Table, name: string): boolean => key.includes(name);
const isReference = ({ references }: Table, name: string): boolean => references.some(({ columns }) => columns.includes(name));
const marks = (table: Table, name: string): string =>
  [isKey(table, name) && 'PK', isReference(table, name) && 'FK'].filter((mark) => mark !== false).join(', ');
const word = (type: string): string => type.replace(/^catalyst\./, '').replaceAll(/[^a-z0-9_]+/gi, '_');

const shownReferences = (table: Table): readonly Reference[] =>
  table.references.filter(
    ({ to }) => to !== 'journals' || table.references.every((other) => other.to === 'journals' || !other.columns.includes('journal_id')),
  );

function line(table: Table, { columns, to }: Reference): string {
  const optional = table.columns.some(({ name, nullable }) => nullable && columns.includes(name));
  const once = [table.key, ...table.otherKeys].some((key) => key.length === columns.length && key.every((name) => columns.includes(name)));
  const own = columns.filter((name) => name !== 'journal_id');
  return `  ${to} ${optional ? '|o' : '||'}--${once ? 'o|' : 'o{'} ${table.name} : "${(own.length === 0 ? columns : own).join(', ')}"`;
}

function tableText(table: Table, reason: string): string {
  const { name, comment, columns, key, otherKeys, references, checks } = table;
  const listed = (names: readonly string[]): string => names.map((each) => `\`${each}\``).join(', ');
  return [
    `### ${name}`,
    comment,
    '',
    `Key: ${listed(key)}.${otherKeys.map((other) => ` Also unique: ${listed(other)}.`).join('')}`,
    ...references.map(({ columns: from, to, toColumns }) => `- ${listed(from)} → \`${to}\` (${listed(toColumns)})`),
    ...checks.map((check) => `- ${ofCheck(check)}`),
    '',
    '| column | type | |',
    '|---|---|---|',
    ...columns.map(columnText),
    '',
    `Third normal form: ${reason}`,
    '',
  ].join('\n');
}

const ofCheck = (check: string): string => `\`${check.replaceAll('catalyst.', '').replaceAll(/\s+/g, ' ')}\``;

const columnText = ({ name, type, nullable, comment }: Column): string =>
  `| ${name} | ${type.replace(/^catalyst\./, '')}${nullable ? ', may be null' : ''} | ${comment.replaceAll('|', '\\|')} |`;

const viewsText = ({ views }: Schema): string =>
  ['## Views', 'A view answers one question.', '', '| view | question | columns |', '|---|---|---|']
    .concat(views.map(({ name, comment, columns }) => `| ${name} | ${comment} | ${columns.join(', ')} |`))
    .concat('')
    .join('\n');
