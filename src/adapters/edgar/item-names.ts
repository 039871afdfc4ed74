/** The items of Form 8-K as its general instructions name them, shortened to what tells a reader something. */
const names: Readonly<Record<string, string>> = {
  '1.01': 'entry into a material agreement',
  '1.02': 'termination of a material agreement',
  '1.03': 'bankruptcy or receivership',
  '1.04': 'mine safety',
  '1.05': 'material cybersecurity incident',
  '2.01': 'completion of acquisition or disposition of assets',
  '2.02': 'results of operations and financial condition',
  '2.03': 'creation of a direct financial obligation',
  '2.04': 'triggering events that accelerate an obligation',
  '2.05': 'costs of exit or disposal activities',
  '2.06': 'material impairments',
  '3.01': 'notice of delisting or failure of a listing rule',
  '3.02': 'unregistered sales of equity securities',
  '3.03': 'material change to rights of security holders',
  '4.01': 'change of certifying accountant',
  '4.02': 'non-reliance on earlier financial statements',
  '5.01': 'change in control of registrant',
  '5.02': 'departure, election or appointment of directors or officers',
  '5.03': 'amendments to articles or bylaws',
  '5.04': 'suspension of trading under employee benefit plans',
  '5.05': 'code of ethics',
  '5.06': 'change in shell company status',
  '5.07': 'vote of security holders',
  '5.08': 'shareholder nominations',
  '6.01': 'asset-backed securities: informational material',
  '6.02': 'asset-backed securities: change of servicer or trustee',
  '6.03': 'asset-backed securities: change in credit enhancement',
  '6.04': 'asset-backed securities: failure to make a distribution',
  '6.05': 'asset-backed securities: Securities Act updating',
  '7.01': 'Regulation FD disclosure',
  '8.01': 'other events',
  '9.01': 'financial statements and exhibits',
};

/** "2.02,9.01" in words. Exhibits go along with everything and are named only when they are all there is. */
export function itemWords(items: string): string {
  const numbers = items
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const telling = numbers.length > 1 ? numbers.filter((number) => number !== '9.01') : numbers;
  return telling.map((number) => `${names[number] ?? 'item'} (${number})`).join(', ');
}
