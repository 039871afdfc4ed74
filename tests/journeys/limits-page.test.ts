import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Limits } from '#domain/risk/limits';
import { stageOneLimits } from '#domain/risk/limits';
import type { RefusalKind } from '#domain/risk/refusal';
import { defaultSettings } from '#domain/settings';
import { readTree, sources } from '../architecture/rules/tree.js';

const page = readFileSync(new URL('../../docs/reference/limits.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
/** The number that the page gives for a refusal. */
const numbers = new Map(
  [...page.matchAll(/^\| [^|]+ \| ([^|]*) \| `(\w+)` \| [^|]+ \|$/gm)].map(([, number = '', kind = '']) => [kind, number]),
);

const dollars = (e4: number): string => `${(e4 / 10_000).toLocaleString('en-US')} dollars`;
const percent = (share: number): string => `${Number((100 * share).toFixed(6))} %`;
const plain = (number: number): string => number.toLocaleString('en-US');

/** Every limit that is a number of a rule, as the page has to write it. */
const told: readonly (readonly [limit: keyof Limits, refusal: RefusalKind, write: (value: number) => string])[] = [
  ['lossTodayMax', 'daily_loss_passed', dollars],
  ['lossWeekMax', 'weekly_loss_passed', percent],
  ['drawdownMax', 'drawdown_passed', percent],
  ['accountGapMax', 'account_disagrees', percent],
  ['messagesPerMinuteMax', 'too_many_messages', plain],
  ['openPositionsMax', 'too_many_positions', plain],
  ['sectorPositionsMax', 'sector_full', plain],
  ['correlationMax', 'correlated', plain],
  ['correlationPointsMin', 'correlation_unknown', plain],
  ['quoteMinutesMax', 'quote_stale', (minutes) => `${minutes} minutes`],
  ['quoteJumpMax', 'jump_unconfirmed', percent],
  ['collarMax', 'far_from_last', percent],
  ['closeCollarMax', 'far_from_close', percent],
  ['duplicateSeconds', 'duplicate_entry', plain],
  ['repeatsMax', 'repeated_execution', plain],
  ['driftMax', 'limits_drifted', percent],
  ['stopMax', 'stop_too_far', percent],
  ['rewardToRiskMin', 'reward_too_small', plain],
  ['openRiskMax', 'open_risk_used', percent],
  ['riskPerTradeMax', 'risk_too_high', percent],
  ['positionMax', 'position_too_large', percent],
  ['grossExposureMax', 'gross_exposure_passed', percent],
  ['orderValueMax', 'order_too_valuable', dollars],
  ['orderSharesMax', 'too_many_shares', plain],
  ['dayShareMax', 'day_share_passed', percent],
];

describe('K3: a limit is told in one way', () => {
  test.each(told)('%s in the row of %s', (limit, refusal, write) => {
    // The number as a whole: 5 % is not said by 15 %.
    const said = write(stageOneLimits[limit]).replaceAll('.', '\\.');
    expect(numbers.get(refusal)).toMatch(new RegExp(`(?<![\\d.,])${said}(?!\\d|[.,]\\d)`));
  });

  test('every refusal has its row in the page', () => {
    const refusal = [...readTree()].find(([path]) => path === 'src/domain/risk/refusal.ts')?.[1] ?? '';
    const kinds = [...refusal.matchAll(/kind: '(\w+)'/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(30);
    expect(kinds.filter((kind) => kind !== undefined && !numbers.has(kind))).toEqual([]);
  });

  test('the defaults are those numbers, and nothing that trades gives a limit another one', () => {
    expect(defaultSettings.limits).toBe(stageOneLimits);
    // A shadow, which trades nothing, is sized as if there were no limits.
    const trading = sources(readTree()).filter(([path]) => !path.startsWith('src/simulation/shadow/'));
    const given = trading.flatMap(([path, text]) =>
      Object.keys(stageOneLimits)
        .filter((name) => new RegExp(`\\b${name}: (cash\\()?[\\d._]+`).test(text))
        .map((name) => `${path}: ${name}`),
    );
    expect(given.map((place) => place.split(':')[0]).filter((path) => path !== 'src/domain/risk/limits.ts')).toEqual([]);
    expect(given).toHaveLength(Object.keys(stageOneLimits).length);
  });
});
