import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kindsTable, policyLine } from './alerts-page.js';

const page = readFileSync(new URL('../../docs/reference/alerts.md', import.meta.url), 'utf8');

test('the page of the alerts has the table of every kind as the code has it', () => expect(page).toContain(kindsTable()));
test('the page of the alerts has the defaults as the code has them', () => expect(page).toContain(policyLine()));
