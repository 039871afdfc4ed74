import { InvalidArgumentError } from 'commander';
import type { Settings } from '#domain/settings';

/** What a person may set of the weights; the others stay as they are. */
export type Weights = Readonly<Partial<Record<WeightName, number>>>;

const scannerNames = ['gap', 'change', 'relativeVolume'] as const satisfies readonly (keyof Settings['scanner']['weights'])[];
const laterNames = ['catalyst', 'indicator', 'confidence'] as const satisfies readonly (keyof Settings['weights'])[];
const names = [...scannerNames, ...laterNames];
type WeightName = (typeof names)[number];

const example = `such as gap=2,catalyst=5; there are ${names.join(', ')}.`;
const decimal = /^\d{1,9}(\.\d{1,9})?$/;

/** Parser of an option's value for commander: any of the weights, each once. */
export function weightsOption(text: string): Weights {
  const weights: Partial<Record<WeightName, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', value, ...more] = part.split('=');
    const known = names.find((each) => each === name);
    if (known === undefined) throw new InvalidArgumentError(`No weight is called "${name}". Expected weights ${example}`);
    if (weights[known] !== undefined) throw new InvalidArgumentError(`The weight ${known} is given twice.`);
    if (value === undefined || more.length > 0 || !decimal.test(value))
      throw new InvalidArgumentError(`The weight ${known} must be a plain number of zero or more, ${example}`);
    weights[known] = Number(value);
  }
  return weights;
}

/** The settings with these weights in the place of their own. */
export function withWeights(settings: Settings, given: Weights): Settings {
  const { gap, change, relativeVolume } = { ...settings.scanner.weights, ...given };
  const { catalyst, indicator, confidence } = { ...settings.weights, ...given };
  return {
    ...settings,
    scanner: { ...settings.scanner, weights: { gap, change, relativeVolume } },
    weights: { catalyst, indicator, confidence },
  };
}
