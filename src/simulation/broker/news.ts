import { assetIdOf, type Floor } from '#simulation/broker/floor';
import type { Json, JsonObject } from '#simulation/broker/json';
import { withField, withoutField } from '#simulation/broker/json-edit';
import type { HeldOrder } from '#simulation/broker/order';
import { orderText } from '#simulation/broker/order-text';
import { amountText, formatE9 } from '#simulation/broker/shares-e9';
import type { OrderLine } from '#simulation/broker/stream-hub';
import { utcText } from '#simulation/broker/wire-time';

/** One execution as its news tell it. */
export type Executed = { readonly id: string; readonly shares: number; readonly price: number };

/** Tells everybody who listens what has happened to an order; whoever does not listen now never hears it. */
export function tell(floor: Floor, event: string, order: HeldOrder, executed: Executed | null = null): void {
  const execution = executed?.id ?? (floor.chance.habit(floor.options.habits.namedNewsShare) ? floor.chance.uuid() : null);
  const delay = floor.chance.delay(floor.options.delays, 'event');
  const data: JsonObject = {
    event,
    execution_id: execution,
    order: orderText(order, assetIdOf(floor, order), null),
    timestamp: utcText(floor.now),
    ...(executed === null
      ? {}
      : {
          price: amountText(executed.price),
          qty: formatE9(executed.shares),
          position_qty: formatE9(floor.holdings.position(order.ticker).shares),
        }),
  };
  const rules = floor.faults.event(event, order, `${event} ${order.id}`);
  let told: Json = { stream: 'trade_updates', data };
  for (const { effect } of rules) {
    if (effect.kind === 'set_field') told = withField(told, effect.field, effect.value);
    if (effect.kind === 'remove_field') told = withoutField(told, effect.field);
  }
  const text = JSON.stringify(told);
  const effects = rules.map(({ effect }) => effect);
  for (const line of floor.streams.listening) send(line, text, delay, effects);
}

function send(line: OrderLine, text: string, delayMs: number, effects: ReturnType<Floor['faults']['event']>[number]['effect'][]): void {
  const of = <Kind extends (typeof effects)[number]['kind']>(kind: Kind) =>
    effects.find((effect): effect is Extract<(typeof effects)[number], { kind: Kind }> => effect.kind === kind);
  const reset = of('reset');
  if (reset !== undefined) return line.end(reset.code);
  const mute = of('mute');
  if (mute !== undefined) line.mute(mute.ms, mute.pings);
  if (of('lose') !== undefined) return;
  const sent = of('corrupt_json') === undefined ? text : text.slice(0, Math.floor(text.length / 2));
  const reorder = of('reorder');
  const late = of('delay');
  const copies = of('duplicate')?.copies ?? 1;
  for (let copy = 0; copy < copies; copy++) {
    if (reorder !== undefined) line.tellAfter(sent, reorder.window);
    else if (late !== undefined) line.tellLate(sent, late.ms);
    else line.tell(sent, delayMs);
  }
}
