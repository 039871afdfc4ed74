import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Execution } from '../dist/engine/execution/execution.js';
import { patience } from '../dist/engine/execution/patience.js';
import { recording } from '../dist/engine/journal/recorder.js';
import { JournalWriter } from '../dist/engine/journal/writer.js';
import { LiveHouse } from '../dist/engine/live/live-house.js';
import { alpacaConnection } from '../dist/main/broker/alpaca-connection.js';
import { SymbolTable } from '../dist/main/day/symbol-table.js';
import { systemClock } from '../dist/main/news/system-clock.js';
import { must } from './case.mjs';

const NAMES = 60;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const HANDED = Symbol('when the last write was handed to the operating system');

/**
 * Notes when each write begins. On a loopback the system delivers within the call and wakes whoever reads, so that the broker in its
 * thread has often read a request before the write that sent it returns; the broker's own figure stands beside this one.
 */
function noteWrites(socket) {
  if (HANDED in socket) return;
  socket[HANDED] = undefined;
  const { _handle: handle } = socket;
  for (const name of ['writev', 'writeBuffer', 'writeLatin1String', 'writeUtf8String']) {
    const write = handle[name];
    handle[name] = (...args) => {
      socket[HANDED] = process.hrtime.bigint();
      return write.apply(handle, args);
    };
  }
}

/** A house with a journal on the disk, its orders over real sockets to a simulated broker in another thread. */
export class WiredHouse {
  /** What changes something at the broker: when it was handed to the operating system, and when it was read there. */
  left = [];
  arrived = [];
  syncs = [];
  /** How the house's time differs from ours: it is moved by hand. */
  at = 0;

  static async open({ plan, folder, listed, at }) {
    const wired = new WiredHouse();
    wired.at = at;
    wired.worker = new Worker(new URL('./wire-broker.mjs', import.meta.url), { workerData: { seed: 5, names: NAMES } });
    const [ready] = await once(wired.worker, 'message');
    wired.tickers = ready.tickers;
    wired.worker.on('message', (message) => wired.arrived.push(message));
    subscribe('http.client.request.start', ({ request: { method, socket } }) => {
      const at = socket[HANDED];
      noteWrites(socket);
      if (method === 'GET') return;
      const left = (when) => wired.left.push({ method, at: when });
      // To a connection that is new to this nothing was noted: it has just been written to, or is once it stands.
      if (socket.connecting) socket.once('connect', () => left(process.hrtime.bigint()));
      else left(at ?? process.hrtime.bigint());
    });
    const recorder = recording(must(JournalWriter.open(folder)));
    const timed = {
      ...recorder,
      commit: () => {
        const began = process.hrtime.bigint();
        recorder.commit();
        wired.syncs.push(process.hrtime.bigint() - began);
      },
    };
    const symbols = new SymbolTable();
    wired.listed = listed(ready.tickers);
    symbols.list(wired.listed);
    const names = { tickerOf: (symbol) => symbols.nameOf(symbol), indexOf: (name) => symbols.indexOf(name) };
    wired.execution = new Execution({ book: { environment: 'simulated', name: 'bench' }, names, feesOf: () => 0, patience });
    wired.said = [];
    wired.house = new LiveHouse({
      plan,
      recorder: timed,
      past: null,
      execution: wired.execution,
      watch: ({ event }) => wired.said.push(event),
    });
    const url = (scheme, path = '/') => new URL(path, `${scheme}://${ready.base}`);
    const settings = {
      environment: 'simulated',
      keys: ready.keys,
      trading: url('http'),
      orderStream: url('ws', '/stream'),
      data: url('http'),
      dataStream: url('ws', '/v2/sip'),
      feed: 'sip',
    };
    const nothing = { bars: [], updatedBars: [], statuses: [], lulds: [], trades: [], quotes: [] };
    wired.stop = new AbortController();
    wired.connection = alpacaConnection(settings, { wanted: nothing, clock: systemClock, stop: wired.stop.signal });
    return wired;
  }

  /** The broker is asked and heard from here on. */
  async start() {
    this.house.start(this.at);
    void this.connection.brokerage.follow((news) => {
      this.house.hear(news, this.at);
      this.pump();
    }, this.stop.signal);
    this.pump();
    for (let tries = 0; this.execution.state !== 'ready'; tries++) {
      if (tries > 500) throw new Error(`the broker is ${this.execution.state}`);
      await pause(20);
    }
  }

  pump() {
    for (const { id, ask, priority } of this.execution.takeAsks())
      void this.connection.brokerage.ask(ask, priority).then((answer) => {
        this.house.answered(id, answer, this.at);
        this.pump();
      });
  }

  accept(event) {
    this.house.accept(event, this.at);
    this.pump();
  }

  /** Lets everything that is under way come to its end. */
  async settle(ms) {
    await pause(ms);
    this.house.tick(this.at);
    this.pump();
  }

  /** Until the broker has confirmed the order that was asked for last: time stands still meanwhile, or all would seem late. */
  async proven() {
    const last = this.said.findLast(({ kind }) => kind === 'order_requested')?.order.id;
    const isOver = ({ kind, order }) => order === last && ['order_accepted', 'order_cancelled', 'order_rejected'].includes(kind);
    for (let tries = 0; tries < 400 && !this.said.some(isOver); tries++) await pause(5);
    await this.settle(5);
  }

  quote(ticker, bid, ask) {
    this.worker.postMessage({ kind: 'quote', ticker, bid, ask });
  }

  async close() {
    this.stop.abort();
    this.connection.close();
    await this.worker.terminate();
  }
}
