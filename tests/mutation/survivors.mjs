/**
 * Mutants that no test can or need kill, each with its reason. `code` is the line of the source without its margin,
 * `mutant` what stands in place of a part of it.
 */
export const survivors = [];
