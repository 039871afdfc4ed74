import type { Trade } from '#domain/performance/trade';
import { at, line, picture, scale, text, ticks } from '#main/report/html/svg';
import { plain } from '#main/report/report-words';
import { localClock } from '#main/report/trade-page';
import type { TradeBar } from '#main/report/trade-source';

const [WIDTH, HEIGHT] = [500, 230];
const [LEFT, RIGHT, TOP, BOTTOM] = [8, 92, 12, 24];
/** More candles than this would run together. */
const CANDLES = 80;
const LABEL_GAP = 13;

/** The minutes around a trade, its plan, and where it was filled. */
export function tradePicture(trade: Trade, minutes: readonly TradeBar[], title: string): string {
  const every = Math.max(1, Math.ceil(minutes.length / CANDLES));
  const bars = joined(minutes, every);
  const { plan, fills } = trade;
  const levels =
    plan === null
      ? []
      : [
          { name: 'target', price: plan.target },
          { name: 'limit', price: plan.limit },
          { name: 'stop', price: plan.stop },
        ];
  const prices = [...bars.flatMap(({ high, low }) => [high, low]), ...fills.map(({ price }) => price), ...levels.map(({ price }) => price)];
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const y = scale([low, high], [HEIGHT - BOTTOM - 4, TOP]);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, bars.length);
  const middle = (place: number): number => LEFT + (place + 0.5) * step;
  const placeOf = (start: number): number => {
    const place = bars.findLastIndex((bar) => bar.start <= start);
    return Math.max(0, place);
  };
  const body = [
    hours(trade, bars, middle),
    candles(bars, { y, middle, isUp: true }),
    candles(bars, { y, middle, isUp: false }),
    ...apart(levels.map((level) => ({ ...level, y: y(level.price) }))).map(
      ({ name, price, y: place, label }) =>
        line(LEFT, place, WIDTH - RIGHT, place, `plan ${name}`) +
        text(WIDTH - RIGHT + 5, label + 4, `${name} ${plain(price / 10_000, 2)}`, { kind: `lbl ${name}` }),
    ),
    ...fills.map(({ bar, side, shares, price }) =>
      mark(middle(placeOf(bar)), y(price), side, `${side === 'buy' ? 'bought' : 'sold'} ${shares} at ${plain(price / 10_000, 2)}`),
    ),
  ].join('');
  const span = every === 1 ? 'minutes' : `bars of ${every} minutes`;
  return picture({
    width: WIDTH,
    height: HEIGHT,
    title,
    description: `${bars.length} ${span} around it; ${fills.length} fills`,
    body,
    kind: 'trade',
  });
}

function joined(minutes: readonly TradeBar[], every: number): readonly TradeBar[] {
  if (every === 1) return minutes;
  const bars: TradeBar[] = [];
  for (let place = 0; place < minutes.length; place += every) {
    const some = minutes.slice(place, place + every);
    const [first, last] = [some[0] as TradeBar, some.at(-1) as TradeBar];
    bars.push({
      start: first.start,
      open: first.open,
      close: last.close,
      high: Math.max(...some.map(({ high }) => high)),
      low: Math.min(...some.map(({ low }) => low)),
    });
  }
  return bars;
}

type Places = { readonly y: (price: number) => number; readonly middle: (place: number) => number; readonly isUp: boolean };

/** All candles of one way as two paths: wicks, and bodies as thick strokes. */
function candles(bars: readonly TradeBar[], { y, middle, isUp }: Places): string {
  const width = Math.max(1, Math.min(7, 0.62 * (middle(1) - middle(0))));
  let [wicks, bodies] = ['', ''];
  for (const [place, { open, high, low, close }] of bars.entries()) {
    if (close >= open !== isUp) continue;
    const x = at(middle(place));
    const [top, bottom] = [y(Math.max(open, close)), y(Math.min(open, close))];
    wicks += `M${x} ${at(y(high))}V${at(y(low))}`;
    bodies += `M${x} ${at(top)}V${at(Math.max(top + 1, bottom))}`;
  }
  const kind = isUp ? 'up' : 'down';
  return `<path class="wick ${kind}" d="${wicks}"/><path class="body ${kind}" stroke-width="${at(width)}" d="${bodies}"/>`;
}

/** Times of the exchange along the bottom. */
function hours(trade: Trade, bars: readonly TradeBar[], middle: (place: number) => number): string {
  return ticks([0, bars.length - 1], 4)
    .filter(Number.isInteger)
    .map((place) => {
      const bar = bars[place];
      if (bar === undefined) return '';
      const clock = localClock(trade, bar.start);
      return (
        line(middle(place), TOP, middle(place), HEIGHT - BOTTOM, 'grid') +
        text(middle(place), HEIGHT - 8, clock, { anchor: place === 0 ? 'start' : 'middle' })
      );
    })
    .join('');
}

/** A triangle whose point touches the price: up for bought, down for sold. */
function mark(x: number, y: number, side: 'buy' | 'sell', told: string): string {
  const away = side === 'buy' ? 9 : -9;
  return `<path class="fill ${side}" d="M${at(x)} ${at(y)}L${at(x - 5)} ${at(y + away)}H${at(x + 5)}Z"><title>${told}</title></path>`;
}

type Level = { readonly name: string; readonly price: number; readonly y: number };

/** Labels one below the other, never over each other and never below the picture. */
function apart(levels: readonly Level[]): readonly (Level & { readonly label: number })[] {
  let last = Number.NEGATIVE_INFINITY;
  return levels
    .toSorted((one, other) => one.y - other.y)
    .map((level) => {
      last = Math.max(level.y, last + LABEL_GAP);
      return { ...level, label: last };
    });
}
