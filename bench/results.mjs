function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three or four digits, which is all that a measurement is good for. */
function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

const amount = (value, unit) => (unit === 'MB' ? (value / 1e6).toFixed(0) : short(value));

const reaches = (value, wanted, better) => (better === 'more' ? value >= wanted : value <= wanted);

/** "at least 2.50 M: met; aim 4.00 M: not met". */
function verdict(value, { unit, better, limit, aim }) {
  const answers = [
    [better === 'more' ? 'at least' : 'at most', limit],
    ['aim', aim],
  ].filter(([, wanted]) => wanted !== undefined);
  if (answers.length === 0) return 'stated';
  return answers
    .map(([word, wanted]) => `${word} ${amount(wanted, unit)}: ${reaches(value, wanted, better) ? 'met' : '**not met**'}`)
    .join('; ');
}

/** A rate in the work of one calibration, a time in calibrations; memory and sizes owe nothing to speed, and single microseconds are too few. */
function perCalibration(value, calibration, { unit }) {
  if (unit === 's') return value / calibration;
  if (unit === 'ms') return value / 1000 / calibration;
  return ['µs', 'MB', 'bytes'].includes(unit) ? null : value * calibration;
}

/** One figure as a row of the table. `runs` are the lines of its case, one for each repetition. */
export function row(key, figure, runs) {
  const values = runs.map(({ figures }) => figures[key]);
  const middle = median(values);
  const normalised = runs.map((run) => perCalibration(run.figures[key], run.calibration, figure)).filter((value) => value !== null);
  const spread = runs.length === 1 ? 'once' : `${amount(Math.min(...values), figure.unit)} to ${amount(Math.max(...values), figure.unit)}`;
  return [
    figure.label,
    `${amount(middle, figure.unit)} ${figure.unit}`,
    spread,
    verdict(middle, figure),
    `${(median(runs.map(({ calibration }) => calibration)) * 1000).toFixed(0)} ms`,
    normalised.length === 0 ? '' : short(median(normalised)),
  ];
}

export const line = (cells) => `| ${cells.join(' | ')} |`;

export const tableHead = [
  line(['figure', 'median', 'min to max', 'asked', 'calibration', 'per calibration']),
  line(['---', '---:', '---:', '---', '---:', '---:']),
].join('\n');

/** The whole report as Markdown. A section is a title with its rows. */
export function reportText({ command, machine, date, times, sections, kept, notes }) {
  const head = [
    '# Results',
    `Made by \`${command}\` on ${date}; ${times === 1 ? 'each measured once' : `the median of ${times} runs`}, each in a fresh process.`,
    `Machine: ${machine}.`,
    'What is measured, and what a calibration is: [README](README.md). "Asked" is held against the median.',
  ];
  return `${[...head, ...sections.map((section) => sectionText(section)), ...kept, ...notes].join('\n\n')}\n`;
}

const sectionText = ({ title, rows }, made = '') => `## ${title}\n\n${made}${tableHead}\n${rows.map(line).join('\n')}`;

/** What other programs than this one wrote into a report, each part saying so below its title. */
export const madeElsewhere = (report) =>
  report.match(/^## .*\n\nMade by `node [^|]*\n\n(?:\|.*\n)+/gm)?.map((part) => part.trimEnd()) ?? [];

/** An earlier report with some sections measured anew, each saying so; those that it did not have come last. */
export function renewed(report, { command, machine, date, sections }) {
  const [head, ...parts] = report.split(/^(?=## )/m);
  const tables = new Map(parts.map((part) => [part.slice(3, part.indexOf('\n')), part.match(/^## .*\n\n(?:[^|].*\n\n)?(?:\|.*\n)+/)[0]]));
  const notes = parts.length === 0 ? '' : parts.at(-1).slice(tables.get([...tables.keys()].at(-1)).length);
  for (const section of sections)
    tables.set(section.title, `${sectionText(section, `Made by \`${command}\` on ${date}, ${machine}.\n\n`)}\n`);
  return `${[head.trimEnd(), ...[...tables.values()].map((table) => table.trimEnd())].join('\n\n')}\n${notes.trim() === '' ? '' : `\n${notes.trim()}\n`}`;
}
