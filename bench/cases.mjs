const rate = (unit, label, asked = {}) => ({ label, unit, better: 'more', ...asked });
const seconds = (label, asked = {}) => ({ label, unit: 's', better: 'less', ...asked });
const milliseconds = (label, asked = {}) => ({ label, unit: 'ms', better: 'less', ...asked });
const microseconds = (label, asked = {}) => ({ label, unit: 'µs', better: 'less', ...asked });
const memory = (label, asked = {}) => ({ label, unit: 'MB', better: 'less', ...asked });

const million = (count) => count * 1e6;
const megabytes = (count) => count * 1e6;

const pipelines = (market, title) =>
  [
    ['none', 'without a journal', { limit: million(2.5), aim: million(4) }],
    ['grouped', 'journal in groups', { limit: million(1.5), aim: million(2.5) }],
    ['strict', 'journal, each minute synced', {}],
  ].map(([journal, label, asked]) => ({
    name: market,
    title,
    script: new URL('./cases/pipeline.mjs', import.meta.url),
    options: { market, journal },
    needs: market === 'recorded' ? ['reference'] : [],
    otherNode: true,
    figures: { bars: rate('bars/s', label, asked) },
  }));

const command = (data, label, asked = {}) => ({
  name: 'command',
  title: 'The whole command: `catalyst day`, 284 recorded symbols, 29 sessions, with a journal',
  script: new URL('./cases/command.mjs', import.meta.url),
  options: { data },
  needs: data === 'store' ? ['reference', 'store'] : ['reference'],
  figures: {
    seconds: seconds(`${label}, from spawn to exit`, asked),
    memory: memory(`${label}, most memory`, { limit: megabytes(400) }),
  },
});

/**
 * All that is measured. `limit` is what is asked of a figure, `aim` what is hoped for; a figure without either is stated.
 * `needs`: the recorded bars, or what the runner prepares once. `once`: too long to be repeated.
 */
export const cases = [
  ...pipelines('simulated', 'The pipeline, 500 simulated symbols, 20 sessions, bars in memory'),
  ...pipelines('recorded', 'The pipeline, 284 recorded symbols, 29 sessions, bars in memory'),
  command('store', 'from an imported store', { limit: 3.5 }),
  command('files', 'from csv.gz files'),
  {
    name: 'year',
    title: 'A year: 500 simulated symbols, 252 sessions made while they run, without a journal',
    script: new URL('./cases/year.mjs', import.meta.url),
    once: true,
    figures: {
      memory: memory('most memory', { limit: megabytes(300) }),
      bars: rate('bars/s', 'the pipeline alone'),
      whole: rate('bars/s', 'with the making of the bars'),
    },
  },
  {
    name: 'import',
    title: 'Import of 29 csv.gz files of 284 recorded symbols into a new store',
    script: new URL('./cases/import.mjs', import.meta.url),
    needs: ['reference'],
    figures: { seconds: seconds('whole import'), rows: rate('rows/s', 'rows'), memory: memory('most memory', { limit: megabytes(500) }) },
  },
  {
    name: 'load',
    title: 'Loading: 29 sessions from the store into frames',
    script: new URL('./cases/load.mjs', import.meta.url),
    needs: ['reference', 'store'],
    figures: { bars: rate('bars/s', 'bars') },
  },
  {
    name: 'database',
    title: 'Our own PostgreSQL, until it takes connections, on the disk of temporary files',
    script: new URL('./cases/database.mjs', import.meta.url),
    figures: {
      made: seconds('first run: made and started', { limit: 5 }),
      started: seconds('a later start', { limit: 2 }),
      adopted: seconds('taken over while it runs'),
      recovered: seconds('after kill -9'),
      stopped: seconds('stopped by the last one that leaves'),
    },
  },
  {
    name: 'journal',
    title: 'The journal, beside the disk below it',
    script: new URL('./cases/journal.mjs', import.meta.url),
    figures: {
      single: rate('entries/s', 'durable appends one by one', { limit: 3000 }),
      growing: rate('writes/s', 'bare write and fdatasync of the same size, file growing'),
      preallocated: rate('writes/s', 'the same in a file that has its size'),
      grouped: rate('entries/s', 'durable appends in groups of 100', { limit: 150_000 }),
      groups: rate('entries/s', 'bare write and fdatasync of 100 entries at once, in a file that has its size'),
      entryBytes: { label: 'size of an entry', unit: 'bytes' },
    },
  },
  {
    name: 'replay',
    title: 'Reading the journal of 500 simulated symbols, 20 sessions',
    script: new URL('./cases/replay.mjs', import.meta.url),
    needs: ['journal'],
    figures: { verify: rate('bars/s', 'verify'), replay: rate('bars/s', 'replay, every decision compared') },
  },
  {
    name: 'scan',
    title: 'A scan of 10,000 names through the scanner, all of them in the universe',
    script: new URL('./cases/scan.mjs', import.meta.url),
    figures: {
      universe: milliseconds('the universe of the day'),
      median: milliseconds('a minute with its scan, median of a day', { limit: 60 }),
      worst: milliseconds('a minute with its scan, the worst of a day', { limit: 60 }),
    },
  },
  {
    name: 'risk',
    title: 'Risk: the review of an intent with four positions held',
    script: new URL('./cases/risk.mjs', import.meta.url),
    figures: {
      domainMedian: microseconds('the rules alone, median', { aim: 20 }),
      domainSlow: microseconds('the rules alone, 99 of 100 are faster', { aim: 20 }),
      domainBytes: { label: 'the rules alone, heap a review in a thousand at once', unit: 'bytes' },
      domainPause: milliseconds('the rules alone, longest pause in a thousand at once', { aim: 1 }),
      serviceMedian: microseconds('the risk manager, with its correlations, median', { aim: 20 }),
      serviceSlow: microseconds('the risk manager, 99 of 100 are faster', { aim: 20 }),
      serviceBytes: { label: 'the risk manager, heap a review in a thousand at once', unit: 'bytes' },
      servicePause: milliseconds('the risk manager, longest pause in a thousand at once', { aim: 1 }),
    },
  },
  {
    name: 'wire',
    title: 'A minute of 500 names that moves a stop: from the bars to the replacement on the wire, journal synced',
    script: new URL('./cases/wire.mjs', import.meta.url),
    figures: {
      median: milliseconds('median of up to 100', { limit: 1 }),
      slow: milliseconds('99 of 100 are faster', { limit: 5 }),
      arrivedMedian: milliseconds('until a broker in another thread has read it, median'),
      arrivedSlow: milliseconds('until it has been read, 99 of 100 are faster'),
      syncMedian: milliseconds('of it the sync of the journal, median'),
      syncSlow: milliseconds('of it the sync of the journal, 99 of 100 are faster'),
      moves: { label: 'stops that were moved', unit: '' },
    },
  },
  {
    name: 'cancels',
    title: 'The emergency stop with 50 resting entries, journal synced',
    script: new URL('./cases/cancels.mjs', import.meta.url),
    figures: {
      handed: milliseconds('until all cancels are handed to the line'),
      left: milliseconds('until the last one is on the wire', { limit: 50 }),
      arrived: milliseconds('until a broker in another thread has read the last one'),
    },
  },
  {
    name: 'burst',
    title: 'A minute of 2,840 bars and 60 headlines at once: ten times the busiest of the reference data',
    script: new URL('./cases/burst.mjs', import.meta.url),
    figures: {
      median: milliseconds('from the first byte on the stream to the whole minute through the house, synced, median'),
      worst: milliseconds('the worst of 17', { limit: 1000 }),
    },
  },
  {
    name: 'whole-market',
    title: 'The whole command: `catalyst scan`, 6,000 names, 49 days of daily bars from a csv.gz file',
    script: new URL('./cases/whole-market.mjs', import.meta.url),
    needs: ['reference'],
    figures: { seconds: seconds('from spawn to exit', { limit: 3 }) },
  },
  {
    name: 'start',
    title: 'Start-up: `catalyst start --speed max`',
    script: new URL('./cases/start.mjs', import.meta.url),
    figures: { firstLine: seconds('from spawn to the first line', { limit: 1 }), seconds: seconds('from spawn to exit') },
  },
];

/** What cases need and none of them measures: written once, by the very cases that measure the writing. */
export const preparations = {
  store: { script: new URL('./cases/import.mjs', import.meta.url), path: 'store' },
  journal: { script: new URL('./cases/pipeline.mjs', import.meta.url), options: { market: 'simulated', journal: 'grouped' }, path: '' },
};
