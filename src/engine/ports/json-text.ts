/** What a text that came from outside says in JSON; undefined for what is no JSON. */
export function parsed(text: string): unknown {
  // A request without a body: throwing for each of them costs more than all the rest of it.
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
