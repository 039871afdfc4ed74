/** A record of the file; `line` is where it begins, from 1. */
export type CsvRow = { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] };

/** A record that is no CSV, or longer than any headline. Reading goes on behind it, or with the next line where its end is not known. */
export type CsvRefusal = { readonly kind: 'refused'; readonly line: number; readonly problem: 'open_quote' | 'stray_quote' | 'too_long' };

/** No headline is longer. */
const RECORD_MAX = 64 * 1024;
/** So far the end of a record is looked for: a quote still open then was never closed, and memory stays bounded. */
const REACH_MAX = 1024 * 1024;

type Scan =
  | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly next: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'broken'; readonly problem: CsvRefusal['problem'] };

/** RFC 4180 over decoded text in pieces of any size: quoted cells with commas, doubled quotes and newlines. Empty lines are skipped. */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow | CsvRefusal> {
  const reader = new CsvReader();
  for await (const piece of pieces) yield* reader.take(piece, false);
  yield* reader.take('', true);
}

class CsvReader {
  #rest = '';
  #line = 1;
  /** Inside a refused line whose end has not come yet. */
  #skips = false;

  /** The records that are complete once `piece` is there; at the end of the file every record is. */
  *take(piece: string, isLast: boolean): Generator<CsvRow | CsvRefusal> {
    const text = this.#rest + piece;
    let at = this.#skips ? this.#skipLine(text, 0) : 0;
    while (at < text.length) {
      const scan = scanRecord(text, at, isLast);
      if (scan.kind === 'more' && !isLast && text.length - at <= REACH_MAX) break;
      const line = this.#line;
      if (scan.kind === 'cells') {
        const isLong = scan.next - at > RECORD_MAX;
        this.#line += newlinesIn(text, at, scan.next);
        at = scan.next;
        if (isLong) yield { kind: 'refused', line, problem: 'too_long' };
        else if (scan.cells.length > 1 || scan.cells[0] !== '') yield { kind: 'row', line, cells: scan.cells };
      } else {
        yield { kind: 'refused', line, problem: scan.kind === 'broken' ? scan.problem : unended(text, at) };
        at = this.#skipLine(text, at);
      }
    }
    this.#rest = text.slice(at);
  }

  #skipLine(text: string, at: number): number {
    const newline = text.indexOf('\n', at);
    this.#skips = newline === -1;
    if (newline === -1) return text.length;
    this.#line++;
    return newline + 1;
  }
}

const unended = (text: string, at: number): 'open_quote' | 'too_long' =>
  text.indexOf('\n', at) === -1 && text.indexOf('"', at) === -1 ? 'too_long' : 'open_quote';

function scanRecord(text: string, from: number, isLast: boolean): Scan {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at) : plainEnd(text, at);
    // The last character of a piece may be half of a doubled quote or of a CRLF.
    if (end === -1 || (!isLast && end + 1 >= text.length)) return { kind: 'more' };
    const cell = quoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end);
    if (!quoted && cell.includes('"')) return { kind: 'broken', problem: 'stray_quote' };
    cells.push(cell);
    const stop = quoted ? end + 1 : end;
    if (text[stop] === ',') at = stop + 1;
    else if (stop >= text.length || text[stop] === '\n') return { kind: 'cells', cells, next: stop + 1 };
    else if (text[stop] === '\r') return { kind: 'cells', cells, next: text[stop + 1] === '\n' ? stop + 2 : stop + 1 };
    else return { kind: 'broken', problem: 'stray_quote' };
    // A comma at the very end of a piece: what follows is not there yet. At the end of the file it is an empty cell.
    if (at >= text.length && !isLast) return { kind: 'more' };
  }
}

/** Where the quote that opens at `at` closes; -1 when it does not. */
function closingQuote(text: string, at: number): number {
  for (let i = text.indexOf('"', at + 1); i !== -1; i = text.indexOf('"', i + 2)) {
    if (text[i + 1] !== '"') return i;
  }
  return -1;
}

function plainEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && text[i] !== ',' && text[i] !== '\n' && text[i] !== '\r') i++;
  return i;
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = text.indexOf('\n', from); i !== -1 && i < to; i = text.indexOf('\n', i + 1)) count++;
  return count;
}
