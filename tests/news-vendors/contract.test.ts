import { newsSourceContract } from './source-contract.js';
import { alpaca, benzinga, edgar, newsapi } from './vendors.js';

for (const maker of [alpaca, benzinga, newsapi, edgar]) newsSourceContract(maker);
