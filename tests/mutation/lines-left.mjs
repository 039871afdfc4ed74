import { readFileSync } from 'node:fs';

const alive = ['Survived', 'NoCoverage'];

/** The lines on which mutants live by the last run, as Stryker is told of them; where a line has moved, where it stands now. */
export function linesLeft(result) {
  const { files } = JSON.parse(readFileSync(result, 'utf8'));
  const spans = Object.entries(files).flatMap(([file, { mutants, source }]) => {
    const [before, now] = [source.split('\n'), readFileSync(file, 'utf8').split('\n')];
    return mutants.flatMap(({ status, location: { start, end } }) => {
      const line = alive.includes(status) ? nearest(now, before[start.line - 1], start.line) : undefined;
      return line === undefined ? [] : [`${file}:${line}-${line + end.line - start.line}`];
    });
  });
  return [...new Set(spans)];
}

function nearest(lines, text, from) {
  const places = lines.flatMap((line, i) => (line === text ? [i + 1] : []));
  return places.toSorted((one, other) => Math.abs(one - from) - Math.abs(other - from))[0];
}
