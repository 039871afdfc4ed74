import type { BrokerOrder } from '#domain/brokerage/broker-order';
import { now, Script } from './script.js';

/** The bracket as the broker has it now. */
export function parts({ world }: Script): { readonly entry: BrokerOrder; readonly target: BrokerOrder; readonly stop: BrokerOrder } {
  const entry = world.orders.find(({ shape, side }) => shape === 'bracket' && side === 'buy');
  const [target, stop] = entry?.legs ?? [];
  if (entry === undefined || target === undefined || stop === undefined) throw new Error('no bracket');
  return { entry, target, stop };
}

/** A bracket of 200 shares that the broker has taken. */
export function working(script = Script.ready()): Script {
  script.act({ orders: [script.bracket()] });
  script.answer('submit_bracket', { kind: 'order', order: script.bracketView({ status: 'new' }) });
  quiet(script);
  return script;
}

/** So many of the 200 shares of a bracket have been bought. */
export function held(shares = 200): Script {
  const script = working();
  const { entry } = parts(script);
  script.told(
    now(entry, { status: shares === 200 ? 'filled' : 'partially_filled', filled: shares, meanPrice: 1_000_000 }),
    script.fill(entry, shares),
  );
  if (shares === 200) {
    const { target } = parts(script);
    script.told(now(target, { status: 'new' }));
  }
  script.world.positions = [script.position(shares, 0)];
  quiet(script);
  return script;
}

/** What was said and sent up to here is not looked at. */
export function quiet(script: Script): void {
  script.takeSaid();
  script.takeSent();
}

/** 200 shares whose legs have died: nothing reserves them. */
export function bare(): Script {
  const script = held();
  const { target, stop } = parts(script);
  script.told(now(target, { status: 'expired' }));
  script.told(now(stop, { status: 'expired' }));
  script.world.positions = [script.position(200)];
  return script;
}

/** A plain stop at 98.00 for 200 shares: the bracket has died and been replaced by hand. */
export function stoppedPlainly(): Script {
  const script = bare();
  script.act({ orders: [[script.exit(200, { stop: 98 })]] });
  const asked = script.open.find(({ ask }) => ask.kind === 'submit_exit')?.ask;
  if (asked?.kind !== 'submit_exit') throw new Error('no stop was sent');
  script.answer('submit_exit', { kind: 'order', order: script.view({ clientId: asked.clientId, type: 'stop', stop: asked.stop }) });
  script.world.positions = [script.position(200, 0)];
  quiet(script);
  return script;
}
