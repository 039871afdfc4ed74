import { readingJournal } from '#main/commands/reading-journal';
import { type LedgerLine, ledgerOf } from '#main/day/ledger';
import { note, show, showJson } from '#main/terminal';

export function ledgerCommand({ journal, json = false }: { readonly journal: string; readonly json?: boolean }): void {
  readingJournal(() => {
    const lines = ledgerOf(journal);
    let line = lines.next();
    for (; !line.done; line = lines.next())
      if (json) showJson(line.value);
      else show(textOf(line.value));
    if (line.value !== null) note(`the tail of the journal is torn after entry ${line.value.afterSequence}`);
  });
}

const shown = [
  'session',
  'symbol',
  'side',
  'shares',
  'type',
  'price',
  'amount',
  'ratio',
  'stop',
  'target',
  'fees',
  'pnl',
  'cash',
  'reason',
  'order',
  'question',
  'subject',
  'settlement',
  'choice',
  'recommended',
  'deadline',
  'by',
  'detail',
] as const;

function textOf(line: LedgerLine): string {
  const fields = shown.flatMap((name) =>
    line[name] === undefined || line[name] === null
      ? []
      : [name === 'reason' || name === 'symbol' || name === 'side' ? String(line[name]) : `${name} ${String(line[name])}`],
  );
  const r = typeof line['r'] === 'number' ? ` R ${line['r'].toFixed(2)}` : '';
  return `${String(line.seq).padStart(7)}  ${line.at}  ${line.kind.padEnd(15)} ${fields.join('  ')}${r}`;
}
