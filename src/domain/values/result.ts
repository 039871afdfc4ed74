/** An outcome the caller must look at. `problem` is always a union on `kind`, never a string. */
export type Result<Value, Problem extends { readonly kind: string }> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
export const fail = <const Problem extends { readonly kind: string }>(problem: Problem) => ({ ok: false, problem }) as const;
