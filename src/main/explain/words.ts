const written: Readonly<Record<string, string>> = { m_and_a: 'M&A', fda: 'FDA' };

/** A word of the journal as people write it. */
export const words = (name: string): string => written[name] ?? name.replaceAll('_', ' ');
