import { formatInstant } from '#domain/values/instant';
import { brokerActs } from '#main/sim-broker/admin-broker';
import { type AdminActs, AdminDoor, done } from '#main/sim-broker/admin-door';
import { marketActs } from '#main/sim-broker/admin-market';
import { personActs } from '#main/sim-broker/admin-persons';
import { timeActs } from '#main/sim-broker/admin-time';
import type { BuiltWorld } from '#main/sim-broker/build-world';
import { Serving } from '#main/sim-broker/serving';

/** What is opened, how fast its time passes, and where. */
export type RunningOptions = {
  readonly built: BuiltWorld;
  readonly seed: number;
  readonly speed: number;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly adminPort: number;
  /** Somebody asked for the end by the admin port. */
  readonly asked?: () => void;
  /** Something went wrong that nobody waits for. */
  readonly failed: (error: unknown) => void;
};

/** A simulated broker with both of its ports open. */
export type RunningSim = {
  readonly serving: Serving;
  readonly port: number;
  readonly adminPort: number;
  close(): Promise<void>;
};

/** Opens both ports of a simulated broker. */
export async function runSim({ built, seed, speed, host, port, adminPort, asked, failed }: RunningOptions): Promise<RunningSim> {
  const { world, broker, desk, session, tickers } = built;
  const serving = await Serving.start({ world, broker, desk, speed, host, port, failed });
  const own: AdminActs = {
    'GET /status': () =>
      done({
        simulated: true,
        now: formatInstant(serving.time.now()),
        speed: serving.time.speed,
        seed,
        session: session.date,
        trading: `http://${host}:${serving.port}`,
        tickers,
      }),
    'POST /shutdown': () => {
      // After the answer has gone.
      setImmediate(() => asked?.());
      return done();
    },
  };
  const acts = {
    ...own,
    ...timeActs(serving),
    ...marketActs(
      () => world.now,
      (moment) => {
        serving.turn();
        world.see([{ ...moment, at: world.now }]);
        serving.turn();
      },
    ),
    ...brokerActs(broker, desk),
    ...personActs(broker, (ticker) => tickers.includes(ticker)),
  };
  const turning = Object.fromEntries(
    Object.entries(acts).map(([name, act]) => [
      name,
      (said: unknown, rest: string) => {
        serving.turn();
        return act(said, rest);
      },
    ]),
  );
  const door = await AdminDoor.start(turning, { host, port: adminPort, failed });
  return {
    serving,
    port: serving.port,
    adminPort: door.port,
    close: async () => {
      await serving.close();
      await door.close();
    },
  };
}
