import type { Json, JsonObject } from '#simulation/broker/json';

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value with each object in it changed, from the inside out. */
function edited(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each: Json) => edited(each, change));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([name, each]) => [name, each === undefined ? each : edited(each, change)] as const);
  return change(Object.fromEntries(inner));
}

/** Sets a field wherever it stands; one that stands nowhere is added to the outermost objects. */
export function withField(value: Json, field: string, to: Json): Json {
  let met = false;
  const changed = edited(value, (object) => {
    if (!Object.hasOwn(object, field)) return object;
    met = true;
    return { ...object, [field]: to };
  });
  if (met) return changed;
  if (Array.isArray(value)) return value.map((each: Json) => (isObject(each) ? { ...each, [field]: to } : each));
  return isObject(value) ? { ...value, [field]: to } : value;
}

/** Without the field, wherever it stands. */
export const withoutField = (value: Json, field: string): Json =>
  edited(value, (object) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== field)));
