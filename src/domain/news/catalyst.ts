/** What kind of news moves the name. `unexplained_surge` is no news at all: price and volume alone speak. */
export const catalystTypes = [
  'unexplained_surge',
  'earnings',
  'guidance',
  'fda',
  'm_and_a',
  'analyst',
  'contract',
  'capital_action',
  'legal',
  'product',
  'macro',
  'other_news',
  'offering',
  'split',
  'halt',
  'insider',
  'management',
] as const;

export type CatalystType = (typeof catalystTypes)[number];
