import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Profile } from '#tests/simulation/days/fault';
import { live } from '#tests/simulation/days/outcome';
import { type Scenario, scenarioOf } from '#tests/simulation/days/scenario';
import { shrink } from '#tests/simulation/days/shrink';
import type { TakenOut } from '#tests/simulation/days/taken-out';

const DAYS_A_RUN = 3;

type Told = {
  readonly seed: number;
  readonly broken: { readonly invariant: string; readonly said: string } | null;
  readonly counts: readonly (readonly [string, number])[];
  readonly longest: readonly (readonly [string, number])[];
  readonly workMs: number;
};

const { values } = parseArgs({
  args: isMainThread ? process.argv.slice(2) : (workerData as string[]),
  options: {
    days: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string', default: 'usual' },
    workers: { type: 'string', default: '2' },
    without: { type: 'string' },
    keep: { type: 'string' },
    run: { type: 'string' },
    names: { type: 'string' },
    trace: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const profile = values.profile as Profile;
const takenOut = (values.without ?? null) as TakenOut;
const daysARun = Number(values.run ?? DAYS_A_RUN);

const scenarioAt = (seed: number): Scenario => {
  const whole = scenarioOf(seed, { days: daysARun, profile });
  const kept =
    values.keep === undefined
      ? null
      : new Set(
          values.keep
            .split(',')
            .filter((place) => place !== '')
            .map(Number),
        );
  const faults = kept === null ? whole.faults : whole.faults.filter((_, place) => kept.has(place));
  return { ...whole, faults, ...(values.names === undefined ? {} : { names: Number(values.names) }) };
};

const commandOf = ({ seed, days, names, faults }: Scenario): string => {
  const { faults: whole } = scenarioOf(seed, { days: daysARun, profile });
  const keep = faults.map((fault) => whole.findIndex(({ at, kind, a }) => at === fault.at && kind === fault.kind && a === fault.a));
  const shorter = days === daysARun ? '' : ` --days ${days}`;
  return `npm run simulate -- --run ${daysARun} --seed ${seed}${shorter || ` --days ${days}`} --profile ${profile} --names ${names} --keep "${keep.join(',')}" --trace${takenOut === null ? '' : ` --without ${takenOut}`}`;
};

async function one(seed: number): Promise<Told> {
  const before = process.cpuUsage();
  const { broken, seen, longest } = await live(scenarioAt(seed), { takenOut });
  const { user, system } = process.cpuUsage(before);
  return { seed, broken, counts: [...seen.counts], longest: [...longest], workMs: Math.round((user + system) / 1000) };
}

async function work(): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  port.on('message', (seed: number) => {
    one(seed).then(
      (told) => port.postMessage(told),
      (error: unknown) => {
        throw error;
      },
    );
  });
}

async function manage(): Promise<void> {
  const runs = Math.max(1, Math.ceil(Number(values.days) / daysARun));
  const first = Number(values.seed);
  if (runs === 1) return tellOne(first);
  const begun = performance.now();
  const counts = new Map<string, number>();
  const longest = new Map<string, number>();
  const failed: Told[] = [];
  let next = first;
  let done = 0;
  let workMs = 0;
  const workers = Array.from(
    { length: Math.min(Number(values.workers), runs) },
    () => new Worker(new URL(import.meta.url), { workerData: process.argv.slice(2) }),
  );
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((finish, fail) => {
          const give = (): void => {
            if (next >= first + runs || (failed.length > 0 && !values.all)) return finish();
            worker.postMessage(next++);
          };
          worker.on('error', fail);
          worker.on('message', (told: Told) => {
            done++;
            workMs += told.workMs;
            for (const [what, count] of told.counts) counts.set(what, (counts.get(what) ?? 0) + count);
            for (const [what, ms] of told.longest) longest.set(what, Math.max(longest.get(what) ?? 0, ms));
            if (told.broken !== null) failed.push(told);
            if (told.broken !== null && values.all) console.log(`seed ${told.seed}: ${told.broken.said.slice(0, 300)}`);
            if (process.stderr.isTTY) process.stderr.write(`\r${done * daysARun} days`);
            give();
          });
          give();
        }),
    ),
  );
  for (const worker of workers) await worker.terminate();
  const seconds = (performance.now() - begun) / 1000;
  const summary = {
    days: done * daysARun,
    seconds: Math.round(seconds),
    daysPerSecond: Number(((done * daysARun) / seconds).toFixed(2)),
    workMsPerDay: Math.round(workMs / (done * daysARun)),
    longest: Object.fromEntries(longest),
    failed: failed.map(({ seed, broken }) => ({ seed, invariant: broken?.invariant, said: broken?.said.slice(0, 200) })),
    counts: Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
  console.log(values.json ? JSON.stringify(summary) : textOf(summary));
  const worst = failed.sort((one, other) => one.seed - other.seed)[0];
  if (worst?.broken != null && values.shrink) await tellShrunk(worst.seed);
  if (failed.length > 0) process.exitCode = 1;
}

function textOf({
  counts,
  longest,
  failed,
  ...rest
}: {
  counts: object;
  longest: object;
  failed: readonly object[];
  days: number;
  seconds: number;
  daysPerSecond: number;
  workMsPerDay: number;
}): string {
  const listed = (what: object): string =>
    Object.entries(what)
      .map(([name, count]) => `  ${name} ${count}`)
      .join('\n');
  return `${rest.days} days in ${rest.seconds} s: ${rest.daysPerSecond} days a second, ${rest.workMsPerDay} ms of work a day\nlongest, in milliseconds:\n${listed(longest)}\nwhat occurred:\n${listed(counts)}\n${failed.length} runs break an invariant${failed.map((one) => `\n  ${JSON.stringify(one)}`).join('')}`;
}

async function tellShrunk(seed: number): Promise<void> {
  const scenario = scenarioAt(seed);
  const { broken } = await live(scenario, { takenOut });
  if (broken === null) return console.log(`seed ${seed} does not break it again`);
  const least = await shrink(scenario, broken, takenOut);
  console.log(
    `\nseed ${seed}: ${broken.said}\nenough for it: ${least.days} days, ${least.names} names, ${least.faults.length} faults (${least.faults.map(({ kind }) => kind).join(' ')})\n${commandOf(least)}`,
  );
}

async function tellOne(seed: number): Promise<void> {
  const scenario = { ...scenarioAt(seed), days: Math.min(daysARun, Number(values.days)) };
  const { broken, trace, hash, seen, longest } = await live(scenario, { takenOut, isTraced: values.trace });
  for (const line of trace) console.log(line);
  console.log([...seen.counts].map(([what, count]) => `${what} ${count}`).join(', '));
  console.log(Object.fromEntries(longest), hash);
  if (broken === null) return;
  process.exitCode = 1;
  console.log(broken.said);
  if (values.keep === undefined && values.shrink) await tellShrunk(seed);
}

await (isMainThread ? manage() : work());
