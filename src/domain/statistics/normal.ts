/** Standard deviations to either side that hold 95 % of a normal distribution. */
export const Z95 = 1.959964;
