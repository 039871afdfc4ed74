import { alpacaSettings } from '#main/broker/alpaca-settings';
import { Failure } from '#main/commands/failure';
import { settingsFrom } from '#main/commands/parameters-option';
import { systemClock } from '#main/news/system-clock';
import type { Place } from '#main/paper/connect';
import type { PaperOptions } from '#main/paper/paper-options';
import { foreignSim, ownSim, type SimPlace } from '#main/paper/sim-place';

/** Where is traded: a simulated broker, or the paper account of the keys; never one with real money. */
export async function chosenPlace(options: PaperOptions, failed: (error: unknown) => void): Promise<Place | SimPlace> {
  const { sim, seed, names: symbols, from, at: atMinute, speed } = options;
  if (sim === true) return ownSim({ seed, symbols, from, atMinute, speed, cash: settingsFrom(options.parameters).capital }, failed);
  if (sim !== undefined) return foreignSim(sim);
  const settings = alpacaSettings(process.env, null);
  if (!settings.ok) throw new Failure('usage', `${settings.problem.said}; or try everything without an account: catalyst paper --sim`);
  if (settings.value.environment === 'live')
    throw new Failure(
      'usage',
      'catalyst paper never moves real money: set CATALYST_ALPACA_ENVIRONMENT=paper, with the keys of a paper account',
    );
  return { settings: settings.value, clock: systemClock };
}

export const placeText = (place: Place | SimPlace): string =>
  'said' in place
    ? `SIMULATED: ${place.said}. No order leaves this machine, and no money is real.`
    : `PAPER: an account with made-up money at ${place.settings.trading.host}. Prices are real, no money is.`;
