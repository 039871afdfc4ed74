/// <reference path="./transformers.d.ts" />
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, type Result } from '#domain/values/result';

/** What the model thinks of a text: three shares of one, and the verdict. */
export type FinbertScore = {
  readonly polarity: -1 | 0 | 1;
  /** Share of positive less share of negative: -1 to 1. */
  readonly score: number;
  readonly shares: { readonly negative: number; readonly neutral: number; readonly positive: number };
};

export type Finbert = {
  readonly scoresOf: (texts: readonly string[]) => Promise<Result<readonly FinbertScore[], FinbertProblem>>;
  readonly close: () => Promise<void>;
};

export type FinbertProblem =
  | { readonly kind: 'package_missing'; readonly received: string }
  | { readonly kind: 'file_missing'; readonly file: string }
  | { readonly kind: 'unreadable_config'; readonly file: string }
  | { readonly kind: 'wrong_labels'; readonly received: readonly string[] }
  | { readonly kind: 'unusable_model'; readonly folder: string; readonly received: string };

const labels = ['negative', 'neutral', 'positive'] as const;
type Label = (typeof labels)[number];

const needed = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
/** In the order of preference: the whole model, or its smaller one of eight bits. */
const models = [
  { file: 'onnx/model.onnx', dtype: 'fp32' },
  { file: 'onnx/model_quantized.onnx', dtype: 'q8' },
] as const;
/** Texts that are scored at once; more only takes memory. */
const BATCH = 16;
const TEXT_MAX = 2000;
const RECEIVED_MAX = 200;

/** Opens a classifier of financial sentiment in a local folder. Nothing is ever fetched, whatever the folder lacks. */
export async function openFinbert(directory: string): Promise<Result<Finbert, FinbertProblem>> {
  const folder = resolve(directory);
  const missing = needed.find((file) => !existsSync(join(folder, file)));
  const model = models.find(({ file }) => existsSync(join(folder, file)));
  if (missing !== undefined || model === undefined) return fail({ kind: 'file_missing', file: join(folder, missing ?? models[0].file) });
  const named = labelsIn(join(folder, 'config.json'));
  if (!named.ok) return named;
  if ([...named.value].sort().join() !== labels.join()) return fail({ kind: 'wrong_labels', received: named.value });
  const library = await load();
  if (!library.ok) return library;
  const { env, pipeline } = library.value;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(folder);
  try {
    const classify = await pipeline('text-classification', basename(folder), { local_files_only: true, dtype: model.dtype });
    const scoresOf: Finbert['scoresOf'] = async (texts) => {
      const scores: FinbertScore[] = [];
      try {
        for (let at = 0; at < texts.length; at += BATCH) {
          const batch = texts.slice(at, at + BATCH).map((text) => text.slice(0, TEXT_MAX));
          scores.push(...(await classify(batch, { top_k: null })).map(scoreOf));
        }
        return ok(scores);
      } catch (error) {
        // A vocabulary that is larger than the model's shows only when such a word comes.
        return fail({ kind: 'unusable_model', folder, received: firstLine(error) });
      }
    };
    return ok({ scoresOf, close: async () => void (await classify.dispose()) });
  } catch (error) {
    return fail({ kind: 'unusable_model', folder, received: firstLine(error) });
  }
}

async function load() {
  try {
    return ok(await import('@huggingface/transformers'));
  } catch (error) {
    return fail({ kind: 'package_missing', received: firstLine(error) });
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, RECEIVED_MAX) ?? '';

/** The names that the model gives its classes, in lower case. */
function labelsIn(file: string): Result<readonly string[], FinbertProblem> {
  try {
    const config: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const named = typeof config === 'object' && config !== null && 'id2label' in config ? config.id2label : null;
    if (typeof named !== 'object' || named === null) return fail({ kind: 'wrong_labels', received: [] });
    return ok(Object.values(named).map((label) => String(label).toLowerCase()));
  } catch {
    return fail({ kind: 'unreadable_config', file });
  }
}

function scoreOf(answers: readonly { readonly label: string; readonly score: number }[]): FinbertScore {
  const shareOf = (label: Label): number => answers.find((answer) => answer.label.toLowerCase() === label)?.score ?? 0;
  const shares = { negative: shareOf('negative'), neutral: shareOf('neutral'), positive: shareOf('positive') };
  const most = Math.max(shares.negative, shares.neutral, shares.positive);
  const polarity = shares.neutral === most ? 0 : shares.positive === most ? 1 : -1;
  return { polarity, score: shares.positive - shares.negative, shares };
}

/** What is wrong, and what to do about it. */
export function describeFinbertProblem(problem: FinbertProblem): string {
  switch (problem.kind) {
    case 'package_missing':
      return `--finbert needs the package @huggingface/transformers, which cannot be loaded (${problem.received}); install it with: npm install --no-save @huggingface/transformers@${PACKAGE_VERSION}`;
    case 'file_missing':
      return `${problem.file} is missing; --finbert takes a folder with config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx (or onnx/model_quantized.onnx), as an export of the model to ONNX writes it`;
    case 'unreadable_config':
      return `${problem.file} is no JSON; take the file again from where the model comes from`;
    case 'wrong_labels':
      return `the model's labels are ${problem.received.join(', ') || 'not named'} and must be positive, negative and neutral: name them in id2label of its config.json, or take a model of financial sentiment`;
    case 'unusable_model':
      return `the model in ${problem.folder} cannot be used: ${problem.received}; export it to ONNX again`;
  }
}

/** As in package.json, where it is an optional peer. */
const PACKAGE_VERSION = '4.3.1';
