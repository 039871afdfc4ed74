/**
 * Readers of parsed JSON of which nothing is known. A field that is missing or of another type is `null`, so that each
 * caller says what it does without it; nothing is ever cast.
 */
export function fieldIn(raw: unknown, name: string): unknown {
  const found: unknown = typeof raw === 'object' && raw !== null && Object.hasOwn(raw, name) ? Reflect.get(raw, name) : null;
  return found ?? null;
}

export function textIn(raw: unknown, name: string): string | null {
  const found = fieldIn(raw, name);
  return typeof found === 'string' ? found : null;
}

export function numberIn(raw: unknown, name: string): number | null {
  const found = fieldIn(raw, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function listIn(raw: unknown, name: string): readonly unknown[] | null {
  return listOf(fieldIn(raw, name));
}

export function listOf(raw: unknown): readonly unknown[] | null {
  return Array.isArray(raw) ? raw : null;
}

/** Vendors write an identity as a number or as a text; both are the same one. */
export function identityIn(raw: unknown, name: string): string | null {
  const found = fieldIn(raw, name);
  if (typeof found === 'number' && Number.isSafeInteger(found)) return String(found);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

/** Deeper than any answer that is documented. */
const DEPTH_MAX = 8;

/** What was received, short enough for a report. */
export function shortly(raw: unknown, max = 80): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(cutBelow(raw, DEPTH_MAX)) ?? 'nothing');
  return text.length <= max ? text : `${text.slice(0, max)}…`;
}

/** What is nested ever deeper would exhaust the stack of whoever writes it down. */
function cutBelow(raw: unknown, depth: number): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  if (depth === 0) return '…';
  const list = listOf(raw);
  if (list !== null) return list.map((each) => cutBelow(each, depth - 1));
  return Object.fromEntries(Object.entries(raw).map(([name, each]) => [name, cutBelow(each, depth - 1)]));
}
