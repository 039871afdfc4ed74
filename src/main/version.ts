/** Written into the first entry of each journal; kept equal to package.json by a test. */
export const version = '0.1.0';
