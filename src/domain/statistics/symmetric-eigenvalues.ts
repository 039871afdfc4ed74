import { assert } from '#domain/values/assert';

const SWEEPS = 100;

/** The eigenvalues of a symmetric matrix, in no order, by Jacobi's rotations. */
export function symmetricEigenvalues(matrix: readonly (readonly number[])[]): readonly number[] {
  const size = matrix.length;
  const cells = matrix.map((row) => [...row]);
  const at = (i: number, j: number): number => cells[i]?.[j] ?? Number.NaN;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) assert(at(i, j) === at(j, i), `the matrix is not symmetric at ${i}, ${j}`);
  for (let sweep = 0; sweep < SWEEPS && restOf(cells) > 0; sweep++)
    for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) rotate(cells, i, j);
  return cells.map((row, i) => row[i] as number);
}

/** Makes the cell i, j zero. */
function rotate(cells: number[][], i: number, j: number): void {
  const [one, other] = [cells[i] as number[], cells[j] as number[]];
  const off = one[j] as number;
  if (off === 0) return;
  const lean = ((other[j] as number) - (one[i] as number)) / (2 * off);
  const tangent = (lean < 0 ? -1 : 1) / (Math.abs(lean) + Math.sqrt(lean * lean + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of cells) turn(row, i, row, j, cosine, sine);
  for (let k = 0; k < cells.length; k++) turn(one, k, other, k, cosine, sine);
  [one[j], other[i]] = [0, 0];
}

function turn(first: number[], i: number, second: number[], j: number, cosine: number, sine: number): void {
  const [a, b] = [first[i] as number, second[j] as number];
  first[i] = cosine * a - sine * b;
  second[j] = sine * a + cosine * b;
}

/** What is left beside the diagonal and still counts. */
function restOf(cells: readonly (readonly number[])[]): number {
  let [rest, whole] = [0, 0];
  for (const [i, row] of cells.entries()) {
    for (const [j, cell] of row.entries()) {
      whole += cell * cell;
      if (i !== j) rest += cell * cell;
    }
  }
  return rest > whole * 1e-32 ? rest : 0;
}
