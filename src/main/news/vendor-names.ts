/** The sources of headlines, in the order in which they are asked. */
export const vendorNames = ['alpaca', 'benzinga', 'newsapi', 'edgar'] as const;
export type VendorName = (typeof vendorNames)[number];
