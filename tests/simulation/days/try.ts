import { scenarioOf } from '#tests/simulation/days/scenario';
import { World } from '#tests/simulation/days/world';

const [seedText = '1', daysText = '1', profile = 'none', mode = ''] = process.argv.slice(2);
const scenario = scenarioOf(Number(seedText), { days: Number(daysText), profile: profile as 'none' });
const world = new World(scenario);
world.isTraced = mode === 'trace';
const begun = performance.now();
try {
  await world.run();
} catch (error) {
  console.log(error);
}
console.log(world.trace.slice(-Number(process.env['LINES'] ?? 200)).join('\n'));
console.log([...world.oracle.seen.counts].map(([what, count]) => `${what} ${count}`).join(', '));
console.log([...world.oracle.longest]);
const { user, system } = process.cpuUsage();
console.log(`${Math.round((user + system) / 1000)} ms of work, ${Math.round(performance.now() - begun)} ms, ${world.disk.entries.length} entries, ${world.disk.head}`);
