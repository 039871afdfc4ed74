import '../bin/v8-flags.js';

/** What the runner asks of a case: its options, and where it may write. */
export const options = JSON.parse(process.argv[2] ?? '{}');

/** Seconds that the work took, with what it gave. */
export async function timed(work) {
  const began = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - began) / 1000 };
}

/** Most memory that this process ever held, in bytes. */
export const peakRss = () => process.resourceUsage().maxRSS * 1024;

/** The value of a result; its problem ends the case. */
export function must(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** The one line that the runner reads: figures by name, and `proof`, a state hash that repeated runs must share. */
export function report({ figures, calibration, proof = null }) {
  process.stdout.write(`${JSON.stringify({ figures, calibration, proof })}\n`);
}
