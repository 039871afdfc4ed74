import { expect, test } from 'vitest';
import { setupPicture } from '#main/study/setup-picture';

const bars = [
  { minute: 570, open: 500_000, high: 505_000, low: 499_000, close: 504_000, volume: 100 },
  { minute: 575, open: 504_000, high: 504_500, low: 501_000, close: 502_000, volume: 0 },
];

test('a picture that needs nothing else: a candle for each bar, every line with its role, the plan in words', () => {
  const svg = setupPicture({
    title: 'A <b> & "c"',
    bars,
    span: 5,
    drawing: [
      {
        role: 'pole',
        points: [
          { minute: 570, price: 499_000 },
          { minute: 577, price: 505_000 },
        ],
      },
      { role: 'break', points: [{ minute: 580, price: 505_000 }] },
      { role: 'nothing', points: [] },
    ],
    levels: [
      { name: 'entry', price: 505_000 },
      { name: 'stop', price: 505_000 },
    ],
  });
  expect(svg).toContain('A &lt;b> &amp; &quot;c&quot;');
  expect(svg.match(/<rect/g)).toHaveLength(1 + 2 * bars.length);
  for (const text of ['pole', 'break', 'entry 50.50', 'stop 50.50', '09:30']) expect(svg).toContain(`>${text}</text>`);
  expect(svg).not.toMatch(/NaN|Infinity|href|<script|undefined/);
  const heights = [...svg.matchAll(/y="([\d.]+)" fill="[^"]+">(?:entry|stop)/g)].map(([, y]) => Number(y));
  expect(Math.abs((heights[0] as number) - (heights[1] as number))).toBeGreaterThan(10);
});

test('without bars there is a title only, and a flat chart has a place for its line', () => {
  expect(setupPicture({ title: 'none', bars: [], span: 1, drawing: [], levels: [] })).toContain('none');
  const flat = [{ minute: 570, open: 1, high: 1, low: 1, close: 1, volume: 0 }];
  expect(setupPicture({ title: 'flat', bars: flat, span: 1, drawing: [], levels: [] })).not.toMatch(/NaN|Infinity/);
});
