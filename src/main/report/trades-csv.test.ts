import { expect, test } from 'vitest';
import { cellText } from '#main/report/trades-csv';

test.each<readonly [cell: string | number | boolean | null, text: string]>([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', "'+1"],
  ['@sum', "'@sum"],
  ['-cmd', "'-cmd"],
  ['-1261.9400', '-1261.9400'],
  ['a, b', '"a, b"'],
  ['two\nlines', 'two\\u000alines'],
  ['\u202Egnp', '\\u202egnp'],
  [null, ''],
  [-0.5, '-0.5'],
  [false, 'false'],
])('the cell %j is written as %s', (cell, text) => expect(cellText(cell)).toBe(text));
