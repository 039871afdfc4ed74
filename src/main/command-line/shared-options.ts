import { Option } from 'commander';
import { weightsOption } from '#main/commands/weights';

/** Options that several commands share. */
export const journal = ['--journal <dir>', 'the folder of the journal'] as const;

export const minuteBars = ['--data <path>', 'an imported store, a folder of bars or a file of bars (CSV, CSV.gz, Parquet)'] as const;

export const weights = () =>
  new Option(
    '--weights <name=number,...>',
    'what counts in a score: gap, change and relativeVolume 1, catalyst 5, indicator 1, confidence 10 unless said otherwise',
  )
    .argParser(weightsOption)
    .default({}, 'as said');

export const barLabel = () =>
  new Option('--bar-label <label>', 'whether the bars are labelled by their start or their end').choices(['start', 'end']).default('start');
