import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '#tests/faults/catalogue';
import { faultPage, PAGE } from '#tests/faults/fault-page';
import { allTitles } from '#tests/faults/fault-titles';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, PAGE), faultPage(catalogue, allTitles(root)));
