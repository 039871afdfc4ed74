import { expect, test } from 'vitest';
import { vendorNames } from '#main/news/vendor-names';
import { newsSourceContract } from './source-contract.js';
import { alpaca, benzinga, edgar, newsapi } from './vendors.js';

const makers = [alpaca, benzinga, newsapi, edgar];
for (const maker of makers) newsSourceContract(maker);

test('every vendor that can be asked is held to the contract', () => {
  expect(makers.map(({ name }) => name).sort()).toEqual([...vendorNames].sort());
});
