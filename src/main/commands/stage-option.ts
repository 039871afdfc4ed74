import { InvalidArgumentError } from 'commander';
import { type TargetStage, targetStages } from '#domain/performance/stage-targets';

/** A stage that has targets. */
export function stageOption(text: string): TargetStage {
  const stage = targetStages.find((one) => String(one) === text);
  if (stage === undefined) throw new InvalidArgumentError(`Expected a stage: ${targetStages.join(', ')}.`);
  return stage;
}
