import type { Dimension } from '#domain/performance/breakdown';
import { printable } from '#main/commands/printable';

/** Letters of which none is a mark, as almost every text of a report has them: looked at once instead of six times. */
const plainLetters = /^[\w .,:;+\-/()%$~\u2212\u2013]*$/;

/** A text from outside as a page may hold it: it makes no mark of its own, and what would turn or hide its letters stands as a number. */
export const safe = (text: string): string => (plainLetters.test(text) ? text : escaped(text));

const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** The anchor of the table of all trades. */
export const TRADES = 'trades';
/** The anchor of a trade's page, and of its row. Names of trades are numbers and dashes. */
export const pageAnchor = (id: string): string => `trade-${id}`;
export const rowAnchor = (id: string): string => `row-${id}`;
/** The anchors of a number's row, of a group's and of a bin's. */
export const metricAnchor = (name: string): string => `number-${name}`;
export const groupAnchor = (dimension: Dimension, place: number): string => `${dimension}-${place}`;
export const binAnchor = (place: number): string => `r-${place}`;

export type Column = { readonly head: string; readonly isNumber?: boolean };

/** A table in a box of its own, which scrolls where the screen is too narrow. Cells are markup. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { label, ids }: { readonly label: string; readonly ids?: readonly string[] },
): string {
  const head = columns.map(({ head: text, isNumber }) => `<th scope="col"${isNumber === true ? ' class="n"' : ''}>${text}</th>`).join('');
  const body = rows.map((cells, place) => {
    const id = ids?.[place];
    const inner = cells.map((cell, column) => `<td${columns[column]?.isNumber === true ? ' class="n"' : ''}>${cell}</td>`).join('');
    return `<tr${id === undefined ? '' : ` id="${id}"`}>${inner}</tr>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${safe(label)}"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
