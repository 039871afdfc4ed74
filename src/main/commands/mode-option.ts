import { InvalidArgumentError } from 'commander';
import type { Mode } from '#domain/market/trading-day';
import type { Control } from '#domain/session/question';
import type { Settings } from '#domain/settings';

/** How eagerly the day is traded, and who decides; what nobody said is left out. */
export type ModeChoice = { readonly mode?: Mode; readonly control?: Control };

const modes: readonly Mode[] = ['normal', 'aggressive', 'conservative'];
const controls: readonly Control[] = ['autonomous', 'supervised'];

export const modeWords = [...modes, ...controls].join(', ');

/** Parser of an option's value for commander: given twice it takes one word of each kind. */
export function modeOption(text: string, before: ModeChoice): ModeChoice {
  const mode = modes.find((each) => each === text);
  const control = controls.find((each) => each === text);
  if (mode === undefined && control === undefined) throw new InvalidArgumentError(`Expected one of ${modeWords}.`);
  const other = mode === undefined ? before.control : before.mode;
  if (other !== undefined && other !== text) throw new InvalidArgumentError(`It cannot be ${other} and ${text} at once.`);
  return { ...before, ...(mode !== undefined && { mode }), ...(control !== undefined && { control }) };
}

/** The settings with what was chosen; what was not stays as it is. */
export const withMode = (settings: Settings, { mode, control }: ModeChoice): Settings => ({
  ...settings,
  mode: mode ?? settings.mode,
  session: { ...settings.session, control: control ?? settings.session.control },
});
