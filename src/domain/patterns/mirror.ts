import type { DrawnLine, PatternKind } from '#domain/patterns/setup';
import type { Pattern, Sighting } from '#domain/patterns/sighting';
import { type ChartBar, firstOpen, type SymbolView } from '#domain/patterns/symbol-view';

/** What a role is called when the chart stands on its head; the others keep their name. */
const twinRoles: Readonly<Record<string, string>> = {
  'range high': 'range low',
  'range low': 'range high',
  'flag top': 'flag bottom',
  'flag bottom': 'flag top',
  'flat top': 'flat bottom',
  base: 'ceiling',
  'support line': 'resistance line',
  'pre-market high': 'pre-market low',
  'day low': 'day high',
};

/** The bar as a chart shows it that stands on its head: every price as far below half of `axis` as it was above. */
export const mirroredBar = ({ minute, open, high, low, close, volume }: ChartBar, axis: number): ChartBar => ({
  minute,
  open: axis - open,
  high: axis - low,
  low: axis - high,
  close: axis - close,
  volume,
});

/** Turned over at the first price of the session, which so stays what it is: shares of it mean the same on both sides. */
export const axisOf = (view: SymbolView): number => 2 * firstOpen(view);

const mirroredPrice = (price: number, axis: number): number => (price === 0 ? 0 : axis - price);

/** The same instant with falls for rises. Mirrored bars may be handed in by who keeps them. */
export function mirrored(
  view: SymbolView,
  axis = axisOf(view),
  minutes: readonly ChartBar[] = view.minutes.map((bar) => mirroredBar(bar, axis)),
  fives: readonly ChartBar[] = view.fives.map((bar) => mirroredBar(bar, axis)),
): SymbolView {
  return {
    ...view,
    minutes,
    fives,
    previousClose: mirroredPrice(view.previousClose, axis),
    premarketHigh: mirroredPrice(view.premarketLow, axis),
    premarketLow: mirroredPrice(view.premarketHigh, axis),
    close: axis - view.close,
    vwap: mirroredPrice(view.vwap, axis),
  };
}

/** What was sighted in a mirrored view, in the prices of the real one. */
export function unmirrored(sighting: Sighting, kind: PatternKind, axis: number): Sighting {
  const { trigger, invalidation, drawing } = sighting;
  return {
    ...sighting,
    kind,
    trigger: axis - trigger,
    invalidation: axis - invalidation,
    drawing: drawing.map((one) => turned(one, axis)),
  };
}

const turned = ({ role, points }: DrawnLine, axis: number): DrawnLine => ({
  role: twinRoles[role] ?? role,
  points: points.map(({ minute, price }) => ({ minute, price: axis - price })),
});

/** The bear twin of a pattern: the same shape on a chart that stands on its head. */
export const twinOf = (pattern: Pattern, kind: PatternKind): Pattern => ({
  kind,
  find(view) {
    const axis = axisOf(view);
    const found = pattern.find(mirrored(view, axis));
    return found === null ? null : unmirrored(found, kind, axis);
  },
});
