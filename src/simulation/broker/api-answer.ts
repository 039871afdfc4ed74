import type { Json, JsonObject } from '#simulation/broker/json';

/** What an endpoint answers, before headers and faults; `body` is null where there is none. */
export type ApiAnswer = { readonly status: number; readonly body: Json };

export const answer = (body: Json, status = 200): ApiAnswer => ({ status, body });

/** A refusal as the broker writes it: a coarse code, a text, and fields that say more. Source: broker-alpaca §17. */
export const refuse = (status: number, code: number, message: string, extra: JsonObject = {}): ApiAnswer => ({
  status,
  body: { ...extra, code, message },
});

export const forbidden = (message: string, extra: JsonObject = {}): ApiAnswer => refuse(403, 40310000, message, extra);
export const unprocessable = (message: string, extra: JsonObject = {}): ApiAnswer => refuse(422, 42210000, message, extra);
export const invalid = (message: string): ApiAnswer => refuse(400, 40010000, message);
export const notFound = (what: string): ApiAnswer => refuse(404, 40410000, `${what} not found`);
