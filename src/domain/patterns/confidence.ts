/** The shape alone, and what volume and a clean shape add to it. Judgement; the sum of the three is 1. */
const SHAPE_PART = 0.5;
const VOLUME_PART = 0.25;
const QUALITY_PART = 0.25;
/** From this ratio of the last five minutes' volume to that of the last twenty on, more volume says no more. */
const VOLUME_FULL = 3;
/** A break is confirmed by half as much volume again as is usual. Source: O'Neil, How to Make Money in Stocks: 40 to 50 % above. */
const VOLUME_CONFIRMS = 1.5;

const share = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * How sure a sighting is, 0.5..1: half a point for a shape that fulfils its definition, up to a quarter for the volume
 * behind it and up to a quarter for its quality, 0..1, which each pattern states.
 */
export const confidenceOf = (volumeRatio: number, quality: number): number =>
  SHAPE_PART + VOLUME_PART * share(volumeRatio / VOLUME_FULL) + QUALITY_PART * share(quality);

export const isVolumeConfirmed = (volumeRatio: number): boolean => volumeRatio >= VOLUME_CONFIRMS;
