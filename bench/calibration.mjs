// Small enough for the first cache, so that neighbours on the machine slow it down only as they slow down computing.
const CELLS = 1 << 12;
const PASSES = 16_000;

const integers = new Int32Array(CELLS);
const floats = new Float64Array(CELLS);

/** Integer shifts and a running mean over typed arrays, which is what the kernels of the house are made of. */
function pass(seed) {
  let bits = seed | 1;
  let mean = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    integers[cell] = (integers[cell] + bits) | 0;
    mean += (integers[cell] - mean) * 0.01;
    floats[cell] = mean;
  }
  return bits;
}

/** Seconds of a fixed piece of work for the processor alone. Rates times this are comparable between machines and hours. */
export function calibrate() {
  let bits = 1;
  for (let warm = 0; warm < PASSES / 10; warm++) bits = pass(bits);
  const began = performance.now();
  for (let done = 0; done < PASSES; done++) bits = pass(bits);
  return (performance.now() - began) / 1000;
}
