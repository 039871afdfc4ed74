/** Counts what is paid for by use. Counting never fails and never waits: whoever trades has no time for it. */
export type Usage = {
  called(call: { readonly vendor: string; readonly endpoint: string }): void;
  answered(tokens: {
    readonly provider: string;
    readonly model: string;
    readonly input: number;
    readonly cached: number;
    readonly output: number;
  }): void;
};
