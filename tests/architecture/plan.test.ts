import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventKind } from '#domain/events/event';
import { plan } from '#production/plan';
import { backwardArrows, doubleClaims, type Sign } from './rules/plan.js';

/** What adapters, the simulation and the engine itself bring in; no service may make any of it. */
const door: readonly EventKind[] = [
  'run_started',
  'record_taught',
  'state_hashed',
  'session_opened',
  'bars_closed',
  'split_took_effect',
  'session_closed',
  'names_listed',
  'headline_published',
  'order_accepted',
  'order_rejected',
  'order_filled',
  'order_cancelled',
  'asset_status_changed',
  'account_reported',
  'request_received',
  'sectors_listed',
  'account_opened',
  'order_unknown',
  'broker_line_changed',
  'cover_missing',
  'difference_found',
  'position_adjusted',
  'cash_moved',
  'name_quarantined',
  'name_released',
  'order_renamed',
];

const sign = (name: string, of: Partial<Sign>): Sign => ({ name, consumes: [], hears: [], emits: [], ...of });
const scanner = sign('scanner', { consumes: ['bars_closed'], emits: ['candidates_found'] });
const risk = sign('risk', { consumes: ['candidates_found'], hears: ['halt_ordered'], emits: ['halt_ordered'] });

const rows: readonly [why: string, plan: readonly Sign[], problems: readonly string[]][] = [
  ['forward and heard is well', [scanner, risk], []],
  ['the order turned round points back', [risk, scanner], ['risk consumes candidates_found, made by scanner']],
  ['nobody consumes what it adds itself', [sign('loop', { consumes: ['echo'], emits: ['echo'] })], ['loop consumes echo, made by loop']],
  [
    'one earlier maker does not excuse a later one',
    [scanner, sign('reader', { consumes: ['candidates_found'] }), { ...scanner, name: 'second' }],
    ['reader consumes candidates_found, made by second'],
  ],
  ['somebody makes what is consumed', [sign('news', { consumes: ['rumour'] })], ['news consumes rumour, which nobody makes']],
  [
    'what earlier ones add is consumed, not heard',
    [scanner, sign('news', { hears: ['candidates_found'] })],
    ['news hears candidates_found, made by scanner'],
  ],
  ['the door is not heard', [sign('news', { hears: ['bars_closed'] })], ['news hears bars_closed, made by the door']],
  ['somebody makes what is heard', [sign('news', { hears: ['rumour'] })], ['news hears rumour, made by nobody']],
];
for (const [why, bad, problems] of rows) test(`the arrows: ${why}`, () => expect(backwardArrows(bad, door)).toEqual(problems));

const claims: readonly [why: string, plan: readonly Sign[], problems: readonly string[]][] = [
  ['one name, one service', [scanner, scanner], ['two services are called scanner']],
  ['a kind is read once', [sign('news', { consumes: ['a'], hears: ['a'] })], ['news names a twice']],
  ['a kind is listed once', [sign('news', { emits: ['a', 'a'] })], ['news emits a twice']],
  ['what the door makes no service makes', [sign('news', { emits: ['order_filled'] })], ['news emits order_filled, which the door makes']],
];
for (const [why, bad, problems] of claims) test(`claims: ${why}`, () => expect(doubleClaims(bad, door)).toEqual(problems));

test('no arrow of the plan points back', () => expect(backwardArrows(plan().services, door)).toEqual([]));
test('the services of the plan claim nothing twice', () => expect(doubleClaims(plan().services, door)).toEqual([]));

/** They read nothing of them but the capital, which does not change. */
const forCapitalAlone = ['trading', 'reporting'];
test('who reads the settings at the start hears of every change', () => {
  const reads = plan().services.filter(({ name, consumes }) => consumes.includes('run_started') && !forCapitalAlone.includes(name));
  expect(reads.filter(({ hears }) => !hears.includes('parameters_changed')).map(({ name }) => name)).toEqual([]);
  expect(reads.length).toBeGreaterThan(4);
});

test('the plan is the nine services of the house, in the order of the house, each from its own folder', () => {
  const order = ['orchestration', 'scanner', 'news', 'technical', 'pattern', 'workflow', 'risk-manager', 'trading', 'reporting'];
  expect(plan().services.map(({ name }) => name)).toEqual(order);
  const entries = readdirSync(join(import.meta.dirname, '../../src/production'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual([...order].sort());
});
