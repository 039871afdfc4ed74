import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { decodeEntries } from '#engine/journal/reader';
import { catalyst } from '../journeys/catalyst.js';
import type { PaperProcess } from './paper-process.js';
import { isLive, type SimProcess, type WireOrder } from './sim-process.js';

/** What must hold soon after a start, whatever happened before: it is waited for, since the one side hears of the other late. */
export async function settled(sim: SimProcess, paper: PaperProcess, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const left = await disagreements(sim, paper.around.journal);
    if (left.length === 0) return;
    if (paper.hasEnded || performance.now() > end) expect([left, paper.out, paper.err]).toEqual([[], paper.out, paper.err]);
    await sleep(250);
  }
}

/** What is wrong between the broker and the book; none when all is well. */
export async function disagreements(sim: SimProcess, journal: string): Promise<readonly string[]> {
  const [theirs, violated] = await Promise.all([sim.positions(), sim.violated()]);
  const ours = bookOf(journal);
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const apart = names.flatMap((name) =>
    (theirs[name] ?? 0) === (ours[name] ?? 0) ? [] : [`${name}: ${theirs[name] ?? 0} at the broker, ${ours[name] ?? 0} in the book`],
  );
  // Orders are asked for of the budget that the house has too, so only once the rest is well.
  if (violated.length + apart.length > 0) return [...violated, ...apart];
  const orders = await sim.orders();
  return [...twice(orders), ...names.flatMap((name) => bare(orders.filter(isLive), name, theirs[name] ?? 0))];
}

function bare(live: readonly WireOrder[], name: string, theirs: number): readonly string[] {
  const faults: string[] = [];
  const sells = live.filter(({ symbol, side }) => symbol === name && side === 'sell');
  const open = (orders: readonly WireOrder[]): number =>
    orders.reduce((sum, { qty, filled_qty }) => sum + Number(qty) - Number(filled_qty), 0);
  const stops = sells.filter(({ type }) => type === 'stop');
  const leaving = sells.filter(({ type }) => type === 'market');
  if (open(stops) + open(leaving) < theirs)
    faults.push(`${name}: ${theirs} held, ${open(stops)} under a stop, ${open(leaving)} being sold`);
  if (theirs > 0 && stops.length > 1) faults.push(`${name}: ${stops.length} stops live`);
  if (theirs < 0) faults.push(`${name}: short by ${-theirs}`);
  return faults;
}

/** An intent is sent once: another attempt only after the one before has been refused, and never two that live or have filled. */
function twice(orders: readonly WireOrder[]): readonly string[] {
  const counted = new Map<string, number>();
  for (const order of orders) {
    const match = /^(cat1-.+-(?:entry|exit-\d+|stop-\d+))-\d+$/.exec(order.client_order_id);
    if (match?.[1] === undefined || !(isLive(order) || Number(order.filled_qty) > 0)) continue;
    if (order.status !== 'replaced') counted.set(match[1], (counted.get(match[1]) ?? 0) + 1);
  }
  return [...counted].flatMap(([intent, count]) => (count > 1 ? [`${intent} was sent ${count} times`] : []));
}

/** Shares by name in the book: fills, and what the broker was found to have besides. */
function bookOf(journal: string): Readonly<Record<string, number>> {
  const names: string[] = [];
  const shares: Record<string, number> = {};
  for (const { event } of decodeEntries(journal, { kinds: ['session_opened', 'order_filled', 'position_adjusted'] })) {
    if (event.kind === 'session_opened') names.push(...event.listed);
    else {
      const name = names[event.symbol] ?? `#${event.symbol}`;
      const more = event.kind === 'order_filled' && event.side === 'sell' ? -event.shares : event.shares;
      shares[name] = (shares[name] ?? 0) + more;
    }
  }
  return shares;
}

/** The journal of an ended process: whole, made again to the same states, and without the keys. */
export function expectWhole(journal: string, printed: readonly string[], sim: Pick<SimProcess, 'keyId' | 'secret'>): void {
  for (const command of ['verify', 'replay']) {
    const { code, out, err } = catalyst([command, '--journal', journal]);
    expect([command, code], `${out}\n${err}`).toEqual([command, 0]);
  }
  const files = readdirSync(journal, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = [...printed, ...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))];
  for (const key of [sim.keyId, sim.secret]) expect(texts.some((text) => text.includes(key))).toBe(false);
}
