/** As much of the optional package as is used here, so that the house compiles without it. */
declare module '@huggingface/transformers' {
  export const env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  type Answer = { readonly label: string; readonly score: number };
  export function pipeline(
    task: 'text-classification',
    model: string,
    options: { readonly local_files_only: true; readonly dtype: 'fp32' | 'q8' },
  ): Promise<{
    (texts: readonly string[], options: { readonly top_k: null }): Promise<readonly (readonly Answer[])[]>;
    dispose(): Promise<unknown>;
  }>;
}
