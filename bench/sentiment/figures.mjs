export const classes = [-1, 0, 1];
const RESAMPLES = 10_000;

/** Counts by what was meant (rows) and what was said (columns). */
export function confusion(rows, said) {
  const counts = classes.map(() => classes.map(() => 0));
  rows.forEach(({ label }, at) => {
    counts[label + 1][said[at] + 1]++;
  });
  return counts;
}

export function scores(counts) {
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  const perClass = classes.map((_, at) => {
    const right = counts[at][at];
    const meant = sum(counts[at]);
    const claimed = sum(counts.map((row) => row[at]));
    const ratio = (of) => (of === 0 ? 0 : right / of);
    return { precision: ratio(claimed), recall: ratio(meant), f1: meant + claimed === 0 ? 0 : (2 * right) / (meant + claimed) };
  });
  const all = sum(counts.map(sum));
  return {
    count: all,
    accuracy: sum(classes.map((_, at) => counts[at][at])) / all,
    macroF1: sum(perClass.map(({ f1 }) => f1)) / 3,
    perClass,
  };
}

/** The 95 % interval of what `ours` is better by; texts are drawn whole, since one headline may stand for several companies. */
export function advantage(rows, ours, theirs, seed = 1) {
  const groups = new Map();
  rows.forEach(({ text }, at) => {
    groups.set(text, [...(groups.get(text) ?? []), at]);
  });
  const texts = [...groups.values()];
  const draw = random(seed);
  const differences = { accuracy: [], macroF1: [] };
  for (let i = 0; i < RESAMPLES; i++) {
    const mine = classes.map(() => [0, 0, 0]);
    const other = classes.map(() => [0, 0, 0]);
    for (let n = 0; n < texts.length; n++) {
      for (const at of texts[Math.floor(draw() * texts.length)]) {
        const row = rows[at].label + 1;
        mine[row][ours[at] + 1]++;
        other[row][theirs[at] + 1]++;
      }
    }
    const [a, b] = [scores(mine), scores(other)];
    differences.accuracy.push(a.accuracy - b.accuracy);
    differences.macroF1.push(a.macroF1 - b.macroF1);
  }
  return Object.fromEntries(Object.entries(differences).map(([name, values]) => [name, interval(values)]));
}

function interval(values) {
  values.sort((one, other) => one - other);
  return [values[Math.floor(0.025 * values.length)], values[Math.ceil(0.975 * values.length) - 1]];
}

/** Exact, two-sided: how often ours alone is right, theirs alone, and how likely that is between equals. */
export function mcnemar(rows, ours, theirs) {
  let onlyOurs = 0;
  let onlyTheirs = 0;
  rows.forEach(({ label }, at) => {
    if (ours[at] === label && theirs[at] !== label) onlyOurs++;
    if (ours[at] !== label && theirs[at] === label) onlyTheirs++;
  });
  const n = onlyOurs + onlyTheirs;
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyOurs, onlyTheirs); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return { onlyOurs, onlyTheirs, p: Math.min(1, 2 * tail) };
}

/** Mulberry32: the same draws everywhere. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
