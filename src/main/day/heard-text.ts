import { formatInstant } from '#domain/values/instant';
import type { HeardFile } from '#main/day/news-feed';

const count = (headlines: number): string => `${headlines.toLocaleString('en-US')} ${headlines === 1 ? 'headline' : 'headlines'}`;

/** What the files of headlines gave to the sessions of a run: in all, and of each that gave nothing when it speaks of. */
export function heardLines(files: readonly HeardFile[], surge: boolean): readonly string[] {
  if (files.length === 0) return [];
  const read = files.reduce((sum, file) => sum + file.read, 0);
  const heard = files.reduce((sum, file) => sum + file.heard, 0);
  const silent = files.filter((file) => file.heard === 0);
  const without = surge ? '; what counts as a catalyst is a surge of price and volume alone' : '; nothing counts as a catalyst';
  return [
    `${count(read)} read, ${heard.toLocaleString('en-US')} of them in the range${heard === 0 ? without : ''}`,
    ...silent.map(({ file, read: own, span }) =>
      span === null
        ? `${file} has no headline`
        : `${file}: none of ${count(own)} is in the range; the first became known ${formatInstant(span.first)}, the last ${formatInstant(span.last)}`,
    ),
  ];
}
